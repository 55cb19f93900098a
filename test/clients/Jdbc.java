// The ledger as JDBC sees it; test/t/022_clients.pl reads the output.
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.time.LocalDate;
import java.util.*;
import org.postgresql.util.PSQLException;

public class Jdbc {
	static Connection connection;

	static ResultSet query(String sql, Object... parameters) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		for (int i = 0; i < parameters.length; i++)
			statement.setObject(i + 1, parameters[i]);
		return statement.executeQuery();
	}

	/** The values of all rows, with spaces between. */
	static String values(String sql, Object... parameters) throws SQLException {
		List<String> values = new ArrayList<>();
		try (ResultSet rows = query(sql, parameters)) {
			while (rows.next())
				for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
					values.add(String.valueOf(rows.getObject(i)));
		}
		return String.join(" ", values);
	}

	public static void main(String[] args) throws Exception {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		String url = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE");
		connection = DriverManager.getConnection(url, System.getenv("PGUSER"), "");
		LocalDate day = LocalDate.of(2020, 9, 30);

		for (String view : args) {
			int n = 0;
			try (ResultSet rows = query("SELECT * FROM " + view)) {
				ResultSetMetaData columns = rows.getMetaData();
				List<Set<String>> seen = new ArrayList<>();
				for (int i = 0; i < columns.getColumnCount(); i++)
					seen.add(new TreeSet<>());
				for (; rows.next(); n++)
					for (int i = 1; i <= columns.getColumnCount(); i++)
						if (rows.getObject(i) != null)
							seen.get(i - 1).add(rows.getObject(i).getClass().getSimpleName());
				for (int i = 1; i <= columns.getColumnCount(); i++)
					out.println("COLUMN " + view + " " + columns.getColumnName(i) + " " +
						(columns.getColumnType(i) == Types.OTHER ? "unknown" : columns.getColumnTypeName(i)) + " " + String.join(" ", seen.get(i - 1)));
			}
			out.println("ROWS " + view + " " + n);
		}

		out.println("ANSWER eligible " + values("SELECT ce_eligible(?, ?::ce_level, as_of => ?)", 1003L, "senior", day));
		out.println("ANSWER eligible_by_no " + values("SELECT ce_eligible_by_no(?, ?::ce_level, as_of => ?)", "C01", "senior", day));
		out.println("ANSWER unknown_person " + values("SELECT ce_eligible_by_no(?, ?::ce_level)", "nobody", "senior"));
		out.println("ANSWER explain " + values("SELECT clause, year, condition, required, got, short FROM ce_explain_by_no(?, ?::ce_level, ?::ce_route, ?) WHERE NOT ok",
			"C10b", "senior", "review", day));
		String cast = "SELECT ce_eligible(?::bigint, ?::ce_level, as_of => ?)";
		out.println("ANSWER spelled " + values("SELECT ce_eligible(?, ?::ce_level, as_of => ?)", 1003, "senior", day) + " " +
			values(cast, "1003", "senior", day) + " " + values(cast, new BigDecimal("1003"), "senior", day));
		out.println("ANSWER standing " + values("SELECT * FROM ce_standing(?, ?)", 1003L, day));
		out.println("ANSWER receipt " + values("SELECT ce_receipt(?, ?::ce_level, ?::ce_route, ?) ->> 'verdict'", 1003L, "senior", "review", day));
		out.println("ANSWER chinese " + values("SELECT name FROM ce_org WHERE code = ?", "qhu"));
		out.println("ANSWER chinese_level " + values("SELECT ?::ce_level::text", "副高级"));
		try {
			query("INSERT INTO ce_activity (person_id, kind, title, completed_on, evidence) VALUES (?, ?, ?, ?, ?)",
				1003L, "degree", "教育硕士学位", LocalDate.of(2019, 12, 20), "学位证书");
		} catch (PSQLException error) {
			out.println("SQLSTATE " + error.getSQLState());
			out.println("DETAIL " + error.getServerErrorMessage().getDetail());
			out.println("HINT " + error.getServerErrorMessage().getHint());
		}
	}
}
