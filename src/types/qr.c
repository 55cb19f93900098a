/*-------------------------------------------------------------------------
 *
 * qr.c
 *	  QR codes (ISO/IEC 18004) as inline SVG, by libqrencode.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <errno.h>
#include <qrencode.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "compat.h"

/* The standard requires a quiet zone of four modules around the symbol. */
#define QUIET_ZONE 4

/* Draws each run of dark modules in a row as one rectangle of the path. */
static void
append_line(StringInfo path, const QRcode *symbol, int y)
{
	const unsigned char *modules = symbol->data + y * symbol->width;

	for (int x = 0; x < symbol->width;)
	{
		int			from = x;

		while (x < symbol->width && (modules[x] & 1) != 0)
			x++;
		if (x > from)
			appendStringInfo(path, "M%d %dh%dv1h-%dz", from + QUIET_ZONE,
							 y + QUIET_ZONE, x - from, x - from);
		else
			x++;
	}
}

/* ce_qr_svg(content text) returns text: a QR code in SVG, level M */
PG_FUNCTION_INFO_V1(ce_qr_svg);
Datum
ce_qr_svg(PG_FUNCTION_ARGS)
{
	char	   *content = text_to_cstring(PG_GETARG_TEXT_PP(0));
	StringInfoData svg;
	QRcode	   *symbol;
	int			size;

	symbol = QRcode_encodeString8bit(content, 0, QR_ECLEVEL_M);
	if (symbol == NULL && errno == ENOMEM)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory")));
	if (symbol == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a QR code cannot hold this text"),
				 errdetail("The text has %zu bytes; a QR code holds 1 to 2331.", strlen(content)),
				 errhint("Use a shorter text.")));
	/* The library's memory is not in the query's memory context. */
	PG_TRY();
	{
		size = symbol->width + 2 * QUIET_ZONE;
		initStringInfo(&svg);
		appendStringInfo(&svg, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
						 "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
						 size, size, size, size);
		for (int y = 0; y < symbol->width; y++)
			append_line(&svg, symbol, y);
		appendStringInfoString(&svg, "\"/></svg>");
	}
	PG_FINALLY();
	{
		QRcode_free(symbol);
	}
	PG_END_TRY();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(svg.data, svg.len));
}
