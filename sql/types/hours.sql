--
-- ce_hours: class hours, exact to the hundredth
--
-- The type is of category N, like money: with numeric beside it COALESCE, CASE,
-- UNION and arrays give numeric.  No expression of built-in types changes its
-- meaning: a ce_hours comes from a number only on assignment or by name.
--

CREATE TYPE ce_hours;

CREATE FUNCTION ce_hours_in(cstring) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_in';
COMMENT ON FUNCTION ce_hours_in(cstring) IS 'text input';

CREATE FUNCTION ce_hours_out(ce_hours) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_out';
COMMENT ON FUNCTION ce_hours_out(ce_hours) IS 'text output';

CREATE FUNCTION ce_hours_recv(internal) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_recv';
COMMENT ON FUNCTION ce_hours_recv(internal) IS 'binary input';

CREATE FUNCTION ce_hours_send(ce_hours) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_send';
COMMENT ON FUNCTION ce_hours_send(ce_hours) IS 'binary output';

CREATE TYPE ce_hours (
	INPUT = ce_hours_in,
	OUTPUT = ce_hours_out,
	RECEIVE = ce_hours_recv,
	SEND = ce_hours_send,
	LIKE = pg_catalog.int8,
	CATEGORY = 'N'
);
COMMENT ON TYPE ce_hours IS 'class hours, exact to the hundredth: 45, 7.5, 28.25';

--
-- Casts
--

CREATE FUNCTION ce_hours_to_numeric(ce_hours) RETURNS numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_to_numeric';
COMMENT ON FUNCTION ce_hours_to_numeric(ce_hours) IS 'convert hours to numeric';

CREATE FUNCTION ce_hours(numeric) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_from_numeric';
COMMENT ON FUNCTION ce_hours(numeric) IS 'convert numeric to hours, or fail where that is not exact';

CREATE FUNCTION ce_hours(smallint) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_from_int2';
COMMENT ON FUNCTION ce_hours(smallint) IS 'convert smallint to hours';

CREATE FUNCTION ce_hours(integer) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_from_int4';
COMMENT ON FUNCTION ce_hours(integer) IS 'convert integer to hours';

CREATE FUNCTION ce_hours(bigint) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_from_int8';
COMMENT ON FUNCTION ce_hours(bigint) IS 'convert bigint to hours';

CREATE CAST (ce_hours AS numeric) WITH FUNCTION ce_hours_to_numeric(ce_hours) AS IMPLICIT;
COMMENT ON CAST (ce_hours AS numeric) IS 'hours as a number, so that any tool can compute with them';

CREATE CAST (numeric AS ce_hours) WITH FUNCTION ce_hours(numeric) AS ASSIGNMENT;
COMMENT ON CAST (numeric AS ce_hours) IS 'a number as hours; never rounded';

CREATE CAST (smallint AS ce_hours) WITH FUNCTION ce_hours(smallint) AS ASSIGNMENT;
COMMENT ON CAST (smallint AS ce_hours) IS 'whole hours';

CREATE CAST (integer AS ce_hours) WITH FUNCTION ce_hours(integer) AS ASSIGNMENT;
COMMENT ON CAST (integer AS ce_hours) IS 'whole hours';

CREATE CAST (bigint AS ce_hours) WITH FUNCTION ce_hours(bigint) AS ASSIGNMENT;
COMMENT ON CAST (bigint AS ce_hours) IS 'whole hours';

--
-- Arithmetic
--

CREATE FUNCTION ce_hours_plus(ce_hours, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_plus';
COMMENT ON FUNCTION ce_hours_plus(ce_hours, ce_hours) IS 'implementation of + operator';

CREATE FUNCTION ce_hours_minus(ce_hours, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_minus';
COMMENT ON FUNCTION ce_hours_minus(ce_hours, ce_hours) IS 'implementation of - operator';

CREATE FUNCTION ce_hours_negate(ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_negate';
COMMENT ON FUNCTION ce_hours_negate(ce_hours) IS 'implementation of - operator';

CREATE OPERATOR + (
	FUNCTION = ce_hours_plus, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (ce_hours, ce_hours) IS 'add';

CREATE OPERATOR - (
	FUNCTION = ce_hours_minus, LEFTARG = ce_hours, RIGHTARG = ce_hours
);
COMMENT ON OPERATOR - (ce_hours, ce_hours) IS 'subtract';

CREATE OPERATOR - (
	FUNCTION = ce_hours_negate, RIGHTARG = ce_hours
);
COMMENT ON OPERATOR - (NONE, ce_hours) IS 'negate';

CREATE FUNCTION ce_hours_multiply(ce_hours, smallint) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_times_int2';
COMMENT ON FUNCTION ce_hours_multiply(ce_hours, smallint) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(smallint, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_int2_times_hours';
COMMENT ON FUNCTION ce_hours_multiply(smallint, ce_hours) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(ce_hours, integer) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_times_int4';
COMMENT ON FUNCTION ce_hours_multiply(ce_hours, integer) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(integer, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_int4_times_hours';
COMMENT ON FUNCTION ce_hours_multiply(integer, ce_hours) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(ce_hours, bigint) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_times_int8';
COMMENT ON FUNCTION ce_hours_multiply(ce_hours, bigint) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(bigint, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_int8_times_hours';
COMMENT ON FUNCTION ce_hours_multiply(bigint, ce_hours) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(ce_hours, numeric) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_times_numeric';
COMMENT ON FUNCTION ce_hours_multiply(ce_hours, numeric) IS 'implementation of * operator';

CREATE FUNCTION ce_hours_multiply(numeric, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_numeric_times_hours';
COMMENT ON FUNCTION ce_hours_multiply(numeric, ce_hours) IS 'implementation of * operator';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = ce_hours, RIGHTARG = smallint,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (ce_hours, smallint) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = smallint, RIGHTARG = ce_hours,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (smallint, ce_hours) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = ce_hours, RIGHTARG = integer,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (ce_hours, integer) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = integer, RIGHTARG = ce_hours,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (integer, ce_hours) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = ce_hours, RIGHTARG = bigint,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (ce_hours, bigint) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = bigint, RIGHTARG = ce_hours,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (bigint, ce_hours) IS 'multiply';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = ce_hours, RIGHTARG = numeric,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (ce_hours, numeric) IS 'multiply, or fail where the product is not exact';

CREATE OPERATOR * (
	FUNCTION = ce_hours_multiply, LEFTARG = numeric, RIGHTARG = ce_hours,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (numeric, ce_hours) IS 'multiply, or fail where the product is not exact';

--
-- Comparison
--

CREATE FUNCTION ce_hours_eq(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_eq';
COMMENT ON FUNCTION ce_hours_eq(ce_hours, ce_hours) IS 'implementation of = operator';

CREATE FUNCTION ce_hours_ne(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_ne';
COMMENT ON FUNCTION ce_hours_ne(ce_hours, ce_hours) IS 'implementation of <> operator';

CREATE FUNCTION ce_hours_lt(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_lt';
COMMENT ON FUNCTION ce_hours_lt(ce_hours, ce_hours) IS 'implementation of < operator';

CREATE FUNCTION ce_hours_le(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_le';
COMMENT ON FUNCTION ce_hours_le(ce_hours, ce_hours) IS 'implementation of <= operator';

CREATE FUNCTION ce_hours_gt(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_gt';
COMMENT ON FUNCTION ce_hours_gt(ce_hours, ce_hours) IS 'implementation of > operator';

CREATE FUNCTION ce_hours_ge(ce_hours, ce_hours) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_ge';
COMMENT ON FUNCTION ce_hours_ge(ce_hours, ce_hours) IS 'implementation of >= operator';

CREATE OPERATOR = (
	FUNCTION = ce_hours_eq, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (ce_hours, ce_hours) IS 'equal';

CREATE OPERATOR <> (
	FUNCTION = ce_hours_ne, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ce_hours, ce_hours) IS 'not equal';

CREATE OPERATOR < (
	FUNCTION = ce_hours_lt, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (ce_hours, ce_hours) IS 'less than';

CREATE OPERATOR <= (
	FUNCTION = ce_hours_le, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (ce_hours, ce_hours) IS 'less than or equal';

CREATE OPERATOR > (
	FUNCTION = ce_hours_gt, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (ce_hours, ce_hours) IS 'greater than';

CREATE OPERATOR >= (
	FUNCTION = ce_hours_ge, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (ce_hours, ce_hours) IS 'greater than or equal';

CREATE FUNCTION ce_hours_cmp(ce_hours, ce_hours) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_cmp';
COMMENT ON FUNCTION ce_hours_cmp(ce_hours, ce_hours) IS 'btree support: less-equal-greater';

CREATE FUNCTION ce_hours_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_sortsupport';
COMMENT ON FUNCTION ce_hours_sortsupport(internal) IS 'btree support: fast sorting';

CREATE FUNCTION ce_hours_hash(ce_hours) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_hash';
COMMENT ON FUNCTION ce_hours_hash(ce_hours) IS 'hash support';

CREATE FUNCTION ce_hours_hash_extended(ce_hours, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_hash_extended';
COMMENT ON FUNCTION ce_hours_hash_extended(ce_hours, bigint) IS 'hash support, with a seed';

CREATE OPERATOR CLASS ce_hours_ops DEFAULT FOR TYPE ce_hours USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 ce_hours_cmp(ce_hours, ce_hours),
	FUNCTION 2 ce_hours_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS ce_hours_ops USING btree IS 'ordering of ce_hours, as numbers';
COMMENT ON OPERATOR FAMILY ce_hours_ops USING btree IS 'ordering of ce_hours, as numbers';

CREATE OPERATOR CLASS ce_hours_ops DEFAULT FOR TYPE ce_hours USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 ce_hours_hash(ce_hours),
	FUNCTION 2 ce_hours_hash_extended(ce_hours, bigint);
COMMENT ON OPERATOR CLASS ce_hours_ops USING hash IS 'hashing of ce_hours';
COMMENT ON OPERATOR FAMILY ce_hours_ops USING hash IS 'hashing of ce_hours';

--
-- Aggregates; avg and the statistics are those of numeric
--

CREATE AGGREGATE sum(ce_hours) (
	SFUNC = ce_hours_plus, STYPE = ce_hours,
	COMBINEFUNC = ce_hours_plus,
	MSFUNC = ce_hours_plus, MINVFUNC = ce_hours_minus, MSTYPE = ce_hours,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(ce_hours) IS 'exact sum of hours';

CREATE FUNCTION ce_hours_larger(ce_hours, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_larger';
COMMENT ON FUNCTION ce_hours_larger(ce_hours, ce_hours) IS 'larger of two';

CREATE AGGREGATE max(ce_hours) (
	SFUNC = ce_hours_larger, STYPE = ce_hours,
	COMBINEFUNC = ce_hours_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(ce_hours) IS 'largest of all ce_hours values';

CREATE FUNCTION ce_hours_smaller(ce_hours, ce_hours) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_hours_smaller';
COMMENT ON FUNCTION ce_hours_smaller(ce_hours, ce_hours) IS 'smaller of two';

CREATE AGGREGATE min(ce_hours) (
	SFUNC = ce_hours_smaller, STYPE = ce_hours,
	COMBINEFUNC = ce_hours_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(ce_hours) IS 'smallest of all ce_hours values';
