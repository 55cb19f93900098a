# The ledger as psycopg (version 3) sees it; test/t/022_clients.pl reads the output.
import datetime
import decimal
import sys

import psycopg

sys.stdout.reconfigure(encoding="utf-8")
views = sys.argv[1:]
day = datetime.date(2020, 9, 30)

with psycopg.connect("", autocommit=True) as connection:
    for view in views:
        cursor = connection.execute(f"SELECT * FROM {view}")
        rows = cursor.fetchall()
        for i, column in enumerate(cursor.description):
            info = connection.adapters.types.get(column.type_code)
            seen = {type(row[i]).__name__ for row in rows if row[i] is not None}
            print("COLUMN", view, column.name, info.name if info else "unknown", *sorted(seen))
        print("ROWS", view, len(rows))

    one = lambda sql, *parameters: connection.execute(sql, parameters).fetchone()
    print("ANSWER eligible", one("SELECT ce_eligible(%s, %s, as_of => %s)", 1003, "senior", day)[0])
    print("ANSWER eligible_by_no", one("SELECT ce_eligible_by_no(%s, %s, as_of => %s)", "C01", "senior", day)[0])
    print("ANSWER unknown_person", one("SELECT ce_eligible_by_no(%s, %s)", "nobody", "senior")[0])
    rows = connection.execute("SELECT clause, year, condition, required, got, short FROM ce_explain_by_no(%s, %s, %s, %s) WHERE NOT ok",
                              ("C10b", "senior", "review", day)).fetchall()
    print("ANSWER explain", *[value for row in rows for value in row])
    print("ANSWER spelled", *[one("SELECT ce_eligible(%s, %s, as_of => %s)", spelled, "senior", day)[0] for spelled in (1003, "1003")],
          one("SELECT ce_eligible(%s::bigint, %s, as_of => %s)", decimal.Decimal("1003"), "senior", day)[0])
    print("ANSWER standing", *one("SELECT * FROM ce_standing(%s, %s)", 1003, day))
    receipt = one("SELECT ce_receipt(%s, %s, %s, %s)", 1003, "senior", "review", day)[0]
    print("ANSWER receipt", receipt["verdict"])
    print("ANSWER chinese", one("SELECT name FROM ce_org WHERE code = %s", "qhu")[0])
    print("ANSWER chinese_level", one("SELECT %s::ce_level::text", "副高级")[0])
    try:
        connection.execute("INSERT INTO ce_activity (person_id, kind, title, completed_on, evidence) VALUES (%s, %s, %s, %s, %s)",
                           (1003, "degree", "教育硕士学位", datetime.date(2019, 12, 20), "学位证书"))
    except psycopg.Error as error:
        print("SQLSTATE", error.sqlstate)
        print("DETAIL", error.diag.message_detail)
        print("HINT", error.diag.message_hint)
