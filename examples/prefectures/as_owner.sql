-- Runs :file as the owner of the ledger in schema :schema, whose name functions then keep as their search_path.
SET client_min_messages = warning;
SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
SET search_path = :"schema", pg_temp;
SET ROLE :"owner";
\i :file
