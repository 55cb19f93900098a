# The ledger as ODBC sees it; test/t/022_clients.pl reads the output.
import datetime
import decimal
import os
import sys

import pyodbc

sys.stdout.reconfigure(encoding="utf-8")
views = sys.argv[1:]
day = datetime.date(2020, 9, 30)

connection = pyodbc.connect("Driver={PostgreSQL Unicode};Server=%(PGHOST)s;Port=%(PGPORT)s;Database=%(PGDATABASE)s;Uid=%(PGUSER)s;BoolsAsChar=0"
                            % os.environ, autocommit=True)
cursor = connection.cursor()
for view in views:
    columns = [(c.column_name, c.type_name) for c in cursor.columns(table=view)]
    rows = cursor.execute(f"SELECT * FROM {view}").fetchall()
    for i, (name, kind) in enumerate(columns):
        seen = {type(row[i]).__name__ for row in rows if row[i] is not None}
        print("COLUMN", view, name, kind, *sorted(seen))
    print("ROWS", view, len(rows))


def values(sql, *parameters):
    return [value for row in cursor.execute(sql, *parameters).fetchall() for value in row]


print("ANSWER eligible", *values("SELECT ce_eligible(?::bigint, ?::ce_level, as_of => ?)", 1003, "senior", day))
print("ANSWER eligible_by_no", *values("SELECT ce_eligible_by_no(?, ?::ce_level, as_of => ?)", "C01", "senior", day))
print("ANSWER unknown_person", *values("SELECT ce_eligible_by_no(?, ?::ce_level)", "nobody", "senior"))
print("ANSWER explain", *values("SELECT clause, year, condition, required, got, short FROM ce_explain_by_no(?, ?::ce_level, ?::ce_route, ?) WHERE NOT ok",
                                "C10b", "senior", "review", day))
print("ANSWER spelled", *values("SELECT ce_eligible(?, ?::ce_level, as_of => ?)", 1003, "senior", day),
      *[value for spelled in ("1003", decimal.Decimal("1003")) for value in values("SELECT ce_eligible(?::bigint, ?::ce_level, as_of => ?)", spelled, "senior", day)])
print("ANSWER standing", *values("SELECT * FROM ce_standing(?::bigint, ?)", 1003, day))
print("ANSWER receipt", *values("SELECT ce_receipt(?::bigint, ?::ce_level, ?::ce_route, ?) ->> 'verdict'", 1003, "senior", "review", day))
print("ANSWER chinese", *values("SELECT name FROM ce_org WHERE code = ?", "qhu"))
print("ANSWER chinese_level", *values("SELECT ?::ce_level::text", "副高级"))
try:
    cursor.execute("INSERT INTO ce_activity (person_id, kind, title, completed_on, evidence) VALUES (?, ?, ?, ?, ?)",
                   1003, "degree", "教育硕士学位", datetime.date(2019, 12, 20), "学位证书")
except pyodbc.Error as error:
    print("SQLSTATE", error.args[0])
    print("MESSAGE", error.args[1].replace("\n", " "))
