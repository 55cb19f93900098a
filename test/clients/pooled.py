# Two clients over one server connection of a pooler in transaction mode.
# Prints KEY VALUE lines for test/t/038_pgbouncer.pl.
#
# pooled.py HOST PORT
import sys

import psycopg


def connect(role, **how):
    connection = psycopg.connect(host=sys.argv[1], port=sys.argv[2], dbname='postgres', user=role, autocommit=True, **how)
    return connection


def say(key, *values):
    print(key, *values, flush=True)


def one(connection, query, parameters=None):
    return connection.execute(query, parameters).fetchone()[0]


app, other = connect('app', prepare_threshold=None), connect('app', prepare_threshold=None)
pids = [one(c, 'SELECT pg_backend_pid()') for c in (app, other, app, other)]
say('SERVERS', len(set(pids)))

# settings of the role come with the server connection; those of a transaction end with it
say('SEARCH_PATH', one(app, "SELECT current_setting('search_path')"))
with app.transaction():
    app.execute("SET LOCAL ce_hours.check_address = 'https://example.org/check?code='")
    say('ADDRESS', one(app, "SELECT ce_certificate_html(1, 2020) LIKE '%class=\"qr\"%'"))
say('ADDRESS_AFTER', one(other, "SELECT ce_certificate_html(1, 2020) LIKE '%class=\"qr\"%'"))

# one after the other as another role: what each sees is its own
for turn in range(3):
    for connection, role in ((app, 'factory_clerk'), (other, 'hospital_clerk')):
        with connection.transaction():
            connection.execute(f'SET LOCAL ROLE {role}')
            say('SEES', role, *[r[0] for r in connection.execute('SELECT person_no FROM ce_person ORDER BY 1')],
                *[r[0] for r in connection.execute('SELECT activity_id FROM ce_verification_queue ORDER BY 1')])
say('SEES_AFTER', one(app, 'SELECT count(*) FROM ce_person'))

# the steps of a verification in transactions, each client a step; and one that is taken back
with app.transaction():
    app.execute('SET LOCAL ROLE factory_clerk')
    say('STEP', one(app, "SELECT status FROM ce_verify('{1001}', 3, '2020-08-01')"))
with other.transaction():
    other.execute('SET LOCAL ROLE office')
    say('STEP', one(other, "SELECT status FROM ce_verify('{1001}', 2, '2020-08-02')"))
try:
    with app.transaction():
        app.execute('SET LOCAL ROLE factory_clerk')
        app.execute("SELECT ce_verify('{1002}', 3, '2020-08-01')")
        app.execute("SELECT ce_verify('{1002}', 2, '2020-08-02')")
except psycopg.Error as error:
    say('REFUSED', error.sqlstate)
say('WAITS', one(other, 'SELECT status::text FROM ce_activity WHERE activity_id = 1002'))
say('HOURS', one(other, 'SELECT professional_hours FROM ce_yearly_totals WHERE person_id = 1 AND year = 2020'))
with app.transaction():
    app.execute('SET LOCAL ROLE factory_clerk')
    say('IMPORT', one(app, """SELECT string_agg(outcome, ' ' ORDER BY ord) FROM ce_import('hr', '[
        {"source_ref": "1", "person_no": "F1", "kind": "training", "title": "a", "started_on": "2020-09-01", "completed_on": "2020-09-02", "hours": 7, "evidence": "x"},
        {"source_ref": "2", "person_no": "H1", "kind": "training", "title": "a", "started_on": "2020-09-01", "completed_on": "2020-09-02", "hours": 7, "evidence": "x"}]')"""))

# a procedure that commits
owner = connect('postgres', prepare_threshold=None)
owner.execute("INSERT INTO ce_staging (source, source_ref, person_no, kind, title, started_on, completed_on, hours, evidence) VALUES "
              "('csv', '1', 'F1', 'training', 'b', '2020-10-01', '2020-10-02', '7', 'x'), ('csv', '2', 'nobody', 'training', 'b', '2020-10-01', '2020-10-02', '7', 'x')")
owner.execute('CALL ce_import_staged()')
say('STAGED', one(owner, "SELECT string_agg(outcome, ' ' ORDER BY source_ref) FROM ce_staging WHERE source = 'csv'"))

# a change of the law is noticed by the pooled connection; then back again
say('LAW', one(app, 'SELECT required_total FROM ce_yearly_totals WHERE person_id = 1 AND year = 2020'))
owner.execute("UPDATE ce_requirement SET total_hours = '140' WHERE from_year = 2020")
say('LAW', one(other, 'SELECT required_total FROM ce_yearly_totals WHERE person_id = 1 AND year = 2020'))
owner.execute("UPDATE ce_requirement SET total_hours = '135' WHERE from_year = 2020")
say('VERDICT', one(app, "SELECT ce_verdict(%s::bigint, %s::ce_level, as_of => %s::date)", (1, 'junior', '2020-12-31')))

# prepared statements: without names they work; with names only if the pooler tracks them
for turn in range(8):
    for connection in (app, other):
        assert one(connection, "SELECT ce_verdict(%s::bigint, 'junior', as_of => '2020-12-31')::text", (1,)) == 'not_eligible'
say('UNNAMED', 'ok')
named = [connect('app', prepare_threshold=0) for _ in range(2)]
try:
    for turn in range(4):
        for connection in named:
            one(connection, "SELECT ce_verdict(%s::bigint, 'junior', as_of => '2020-12-31')::text", (1,))
    say('NAMED', 'ok')
except psycopg.Error as error:
    say('NAMED', error.sqlstate)
