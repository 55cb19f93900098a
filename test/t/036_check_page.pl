# A stranger checks a certificate: a web server from Debian serves examples/check,
# a browser opens the address of the QR code, and the page says what the ledger
# says and nothing else (7.6d).

use strict;
use warnings;
use utf8;

use Encode;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($lighttpd) = grep { -x } map { "$_/lighttpd" } split(/:/, $ENV{PATH}), '/usr/sbin';
my ($browser) = grep { -x } map { my $dir = $_; map { "$dir/$_" } qw(chromium chromium-browser google-chrome) } split(/:/, $ENV{PATH}), '/usr/bin';
plan skip_all => 'no lighttpd' unless $lighttpd;
plan skip_all => 'no chromium' unless $browser;

my $root = "$FindBin::RealBin/../..";
my $dir = PostgreSQL::Test::Utils::tempdir;
$ENV{HOME} = $dir;

my $node = PostgreSQL::Test::Cluster->new('check');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION ce_hours; SELECT ce_setup()');
chdir($root) or die;
command_ok([ 'psql', '-Xq', '-d', $node->connstr('postgres'), '-o', '/dev/null', '-f', 'examples/load.sql' ], 'the examples are loaded');

# the role of the page, as examples/check/README.md makes it: it reads, and writes nothing
my $top = $node->safe_psql('postgres', "SELECT org_id FROM ce_org WHERE kind = 'hrss' AND admin_level = 'provincial' ORDER BY 1 LIMIT 1");
my $port = PostgreSQL::Test::Cluster::get_free_port();
my $address = "http://127.0.0.1:$port/check?code=";
$node->safe_psql('postgres', qq{
	CREATE ROLE checker LOGIN;
	SELECT ce_grant('checker', $top, 'read');
	ALTER ROLE checker SET statement_timeout = '30s';
	ALTER DATABASE postgres SET ce_hours.check_address = '$address'});
my $page = decode('UTF-8', $node->safe_psql('postgres', 'SELECT ce_certificate_html(1037, 2020)'));
my $person_no = $node->safe_psql('postgres', 'SELECT person_no FROM ce_person WHERE person_id = 1037');
my $other_no = $node->safe_psql('postgres', 'SELECT person_no FROM ce_person WHERE person_id = 1002');
my ($code) = $page =~ m{<span class="code">([^<]+)</span>};
like($page, qr/class="qr"/, 'a certificate carries a QR code');
like($page, qr{在 \Qhttp://127.0.0.1:$port/check\E 输入验证码}, 'and says where to enter the code');

# what a camera reads of it
my $qr = $page =~ m{(<svg class="qr".*?</svg>)}s ? $1 : '';
is($node->safe_psql('postgres', "SELECT ce_qr_svg('$address$code')"), $qr, 'the QR code is that of the address with the code');

# ---- the server -----------------------------------------------------------

open(my $conf, '>', "$dir/lighttpd.conf") or die;
print $conf <<"CONF";
server.modules = ( "mod_cgi", "mod_alias", "mod_setenv" )
server.document-root = "$dir"
server.bind = "127.0.0.1"
server.port = $port
server.errorlog = "$dir/lighttpd.log"
alias.url = ( "/check" => "$root/examples/check/check.cgi" )
cgi.assign = ( ".cgi" => "" )
setenv.set-environment = ( "PGDATABASE" => "postgres", "PGUSER" => "checker", "PGHOST" => "${\ $node->host}", "PGPORT" => "${\ $node->port}", "CE_SCHEMA" => "public", "PATH" => "$ENV{PATH}" )
CONF
close($conf);
my $log = '';
my $server = IPC::Run::start([ $lighttpd, '-D', '-f', "$dir/lighttpd.conf" ], '>&', \$log);

# get(QUERY): status line, headers, body, without a browser
sub get
{
	my ($query) = @_;
	my $socket;
	for (1 .. 100)
	{
		$socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) and last;
		select(undef, undef, undef, 0.1);
	}
	die "no server: $log" unless $socket;
	print $socket "GET /check$query HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n";
	my $answer = do { local $/; <$socket> };
	my ($head, $body) = split(/\r\n\r\n/, $answer, 2);
	return ($head, decode('UTF-8', $body // ''));
}

require IO::Socket::INET;
my ($head, $body) = get("?code=$code");
like($head, qr{^HTTP/1.[01] 200}, 'the server answers');
like($head, qr{Content-Type: text/html; charset=utf-8}i, 'with a page');
like($head, qr{Cache-Control: no-store}i, 'that nobody keeps');
like($body, qr/属实.*<dd>\Q$person_no\E</s, 'the code is confirmed, with the person number that the paper must show') or diag($body);
unlike($body, qr/未经|不属实/, 'and nothing else');
(undef, $body) = get("?lang=en&code=" . ($code =~ s/-/+/gr));
like($body, qr/Confirmed: on the day of issue/, 'in English, with blanks in the place of hyphens');
(undef, $body) = get('?lang=en&code=' . substr($code, 0, -1));
like($body, qr/This is no code/, 'half a code is none');
my $fake = $node->safe_psql('postgres', "SELECT ce__certificate_code(ce__certificate_facts(1002, 2020, ce_today() - 1) || jsonb_build_object('items', 'none'), 1002, 2020, ce_today() - 1)");
(undef, $body) = get("?lang=en&code=$fake");
like($body, qr/Not confirmed/, 'a code that somebody made up is denied');
unlike($body, qr/\Q$other_no\E|<dl>/, 'without a word about the person');
(undef, $body) = get('');
like($body, qr/请输入/, 'without a code the page asks for one');
(undef, $body) = get('?code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%27%3B%20DROP%20TABLE%20ce_person%3B--');
unlike($body, qr/<script>/, 'what was typed is text');
(undef, $body) = get('?code=' . ('%F0%9F%92%A9' x 40));
like($body, qr/不是有效的验证码/, 'so are signs of no code') or diag($body);
{
	# this server refuses bytes that are no text; another one may hand them on
	local %ENV = (%ENV, QUERY_STRING => 'lang=en&code=%FF%C3%00%0A' . ('%E4%B8' x 200), PGDATABASE => 'postgres', PGUSER => 'checker', PGHOST => $node->host, PGPORT => $node->port);
	my ($answer, $complaint) = ('', '');
	IPC::Run::run([ "$root/examples/check/check.cgi" ], '>', \$answer, '2>', \$complaint);
	like($answer, qr{^Content-Type: text/html.*(?:This is no code|Enter the verification code)}s, 'bytes that are no text do no harm') or diag("$answer $complaint");
}
is($node->safe_psql('postgres', 'SELECT count(*) > 0 FROM ce_person'), 't', 'and the ledger is there');

# ---- a browser ------------------------------------------------------------

my ($out, $err) = ('', '');
my @chromium = ($browser, qw(--headless --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run --disable-background-networking --disable-component-update --disable-sync), "--user-data-dir=$dir/profile");
IPC::Run::run([ @chromium, '--virtual-time-budget=10000', '--dump-dom', "$address$code" ], '>', \$out, '2>', \$err, IPC::Run::timeout(180));
$out = decode('UTF-8', $out);
like($out, qr/属实：台账在出具之日的记录与该证书一致/, 'a browser that opens the address of the QR code shows the answer') or diag($err);
like($out, qr/name="code"[^>]*value="\Q$code\E"/, 'with the code in the field');
for my $width (360, 1280)
{
	IPC::Run::run([ @chromium, "--window-size=$width,900", "--screenshot=$dir/check.$width.png", "$address$code" ], '>', \$out, '2>', \$err, IPC::Run::timeout(180));
	cmp_ok(-s "$dir/check.$width.png" // 0, '>', 5000, "and at $width px there is something to see");
}

# ---- the ledger is away ---------------------------------------------------

$node->stop;
($head, $body) = get("?code=$code");
like($head, qr{^HTTP/1.[01] 503}, 'while the database is down the page says so');
like($body, qr/暂时无法核验/, 'in words');

$server->kill_kill;
done_testing();
