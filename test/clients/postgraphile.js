// The ledger as PostGraphile 4 sees it; test/t/023_node_clients.pl reads the
// output.  Arguments: the views.
const { createRequire } = require('module');
const need = createRequire(process.env.CLIENTS_DIR + '/');
const { createPostGraphileSchema, withPostGraphileContext } = need('postgraphile');
const { graphql } = createRequire(need.resolve('postgraphile'))('graphql');
const { Pool } = need('pg');

const capital = text => text.replace(/(^|_)([a-z])/g, (all, _, letter) => letter.toUpperCase());
const snake = text => text.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase());

async function main() {
	const pool = new Pool();
	const schema = await createPostGraphileSchema(pool, ['public'], {});
	for (const view of process.argv.slice(2)) {
		const type = [view, view.replace(/ies$/, 'y'), view.replace(/s$/, '')].map(name => schema.getType(capital(name))).find(Boolean);
		if (type === undefined)
			throw new Error(`no type for ${view}`);
		for (const field of Object.values(type.getFields()))
			console.log('COLUMN', view, snake(field.name), String(field.type));
		const all = Object.values(schema.getQueryType().getFields()).find(field => field.name.startsWith('all')
			&& field.type.getFields?.().nodes && String(field.type.getFields().nodes.type) === `[${type.name}]!`);
		console.log('ROWS', view, (await ask(pool, schema, `{ ${all.name} { totalCount } }`))[all.name].totalCount);
	}
	const level = '副高级';
	const { mayApply } = await ask(pool, schema, 'query ($id: BigInt!, $level: String!, $day: Date!) { mayApply(personId: $id, level: $level, asOf: $day) }',
		{ id: '1003', level, day: '2020-09-30' });
	console.log('ANSWER eligible', mayApply);
	const { ceOrgByCode } = await ask(pool, schema, '{ ceOrgByCode(code: "qhu") { name } }');
	console.log('ANSWER chinese', ceOrgByCode.name);
	await pool.end();
}

async function ask(pool, schema, query, variables) {
	const { data, errors } = await withPostGraphileContext({ pgPool: pool }, context => graphql(schema, query, null, context, variables));
	if (errors)
		throw errors[0];
	return data;
}

main().catch(error => { console.error(error); process.exit(1); });
