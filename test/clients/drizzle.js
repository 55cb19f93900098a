// The ledger as drizzle-orm sees it, by the schema that drizzle-kit pulls;
// test/t/023_node_clients.pl reads the output.  Arguments: the views.
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const { createRequire } = require('module');

const clients = process.env.CLIENTS_DIR;
const need = createRequire(clients + '/');
const views = process.argv.slice(2);
const work = process.cwd();
const { PGHOST, PGPORT, PGUSER, PGDATABASE } = process.env;
const url = `postgresql://${PGUSER}@${PGHOST}:${PGPORT}/${PGDATABASE}`;

fs.writeFileSync('drizzle.config.js', 'module.exports = ' + JSON.stringify({
	dialect: 'postgresql', out: './drizzle', dbCredentials: { url }, tablesFilter: views,
}));
execFileSync(path.join(clients, 'node_modules/.bin/drizzle-kit'), ['pull'], { stdio: ['ignore', 'ignore', 'inherit'] });
for (const [n, line] of fs.readFileSync('drizzle/schema.ts', 'utf8').split('\n').entries())
	if (/\bunknown\(/.test(line))
		console.log('UNKNOWN', n + 1, line.trim());

need('esbuild').buildSync({
	entryPoints: ['drizzle/schema.ts'], outfile: 'drizzle/schema.cjs', bundle: true, platform: 'node', format: 'cjs',
	nodePaths: [path.join(clients, 'node_modules')], external: ['drizzle-orm', 'drizzle-orm/*'],
});
fs.symlinkSync(path.join(clients, 'node_modules'), path.join(work, 'node_modules'));
const schema = require(path.join(work, 'drizzle/schema.cjs'));
const { drizzle } = need('drizzle-orm/node-postgres');
const { getViewConfig } = need('drizzle-orm/pg-core');
const { sql, eq, is } = need('drizzle-orm');
const { PgView } = need('drizzle-orm/pg-core');

async function main() {
	const db = drizzle(url);
	for (const view of Object.values(schema).filter(value => is(value, PgView))) {
		const { name, selectedFields } = getViewConfig(view);
		for (const column of Object.values(selectedFields))
			console.log('COLUMN', name, column.name, column.getSQLType());
		console.log('ROWS', name, (await db.select().from(view)).length);
	}
	const day = '2020-09-30';
	const one = async query => Object.values((await db.execute(query)).rows[0])[0];
	console.log('ANSWER eligible', await one(sql`SELECT ce_eligible(${1003}, ${'senior'}, as_of => ${day})`));
	const [item] = await db.select().from(schema.ceQuarterlyReport).where(eq(schema.ceQuarterlyReport.orgName, '青海大学')).limit(1);
	console.log('ANSWER chinese', item.orgName);
	await db.$client.end();
}

main().catch(error => { console.error(error); process.exit(1); });
