// The ledger as node pg sees it; test/t/022_clients.pl reads the output.
const { createRequire } = require('module');
const { Client, types } = createRequire(process.env.CLIENTS_DIR + '/')('pg');

const names = Object.fromEntries(Object.entries(types.builtins).map(([name, oid]) => [oid, name.toLowerCase()]));

async function main() {
	const client = new Client();
	await client.connect();
	for (const view of process.argv.slice(2)) {
		const { fields, rows } = await client.query(`SELECT * FROM ${view}`);
		for (const { name, dataTypeID } of fields) {
			const seen = new Set(rows.map(row => row[name]).filter(value => value !== null).map(value => value instanceof Date ? 'Date' : typeof value));
			console.log('COLUMN', view, name, names[dataTypeID] ?? 'unknown', ...seen);
		}
		console.log('ROWS', view, rows.length);
	}

	const values = async (sql, ...parameters) => (await client.query({ text: sql, values: parameters, rowMode: 'array' })).rows.flat();
	console.log('ANSWER eligible', ...await values('SELECT ce_eligible($1, $2, as_of => $3)', 1003, 'senior', '2020-09-30'));
	console.log('ANSWER eligible_by_no', ...await values('SELECT ce_eligible_by_no($1, $2, as_of => $3)', 'C01', 'senior', '2020-09-30'));
	console.log('ANSWER unknown_person', ...await values('SELECT ce_eligible_by_no($1, $2)', 'nobody', 'senior'));
	console.log('ANSWER explain', ...await values('SELECT clause, year, condition, required, got, short FROM ce_explain_by_no($1, $2, $3, $4) WHERE NOT ok',
		'C10b', 'senior', 'review', '2020-09-30'));
	console.log('ANSWER standing', ...await values('SELECT * FROM ce_standing($1, $2)', 1003, '2020-09-30'));
	const [receipt] = await values('SELECT ce_receipt($1, $2, $3, $4)', 1003, 'senior', 'review', '2020-09-30');
	console.log('ANSWER receipt', receipt.verdict);
	console.log('ANSWER chinese', ...await values('SELECT name FROM ce_org WHERE code = $1', 'qhu'));
	console.log('ANSWER chinese_level', ...await values('SELECT $1::ce_level::text', '副高级'));
	const spelled = [];
	for (const id of [1003, '1003', 1003n])
		spelled.push(...await values('SELECT ce_eligible($1, $2, as_of => $3)', id, 'senior', '2020-09-30'));
	console.log('ANSWER spelled', ...spelled);
	try {
		await client.query('INSERT INTO ce_activity (person_id, kind, title, completed_on, evidence) VALUES ($1, $2, $3, $4, $5)',
			[1003, 'degree', '教育硕士学位', '2019-12-20', '学位证书']);
	} catch (error) {
		console.log('SQLSTATE', error.code);
		console.log('DETAIL', error.detail);
		console.log('HINT', error.hint);
	}
	await client.end();
}

main().catch(error => { console.error(error); process.exit(1); });
