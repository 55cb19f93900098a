#!/bin/bash
# other_server.sh VERSION DIRECTORY: unpacks another major of PostgreSQL from
# Debian's archive below DIRECTORY; nothing is installed.  Prints the path of
# its pg_config, which test/run.sh takes as PG_CONFIG.
#
# The packages come with the libraries of their own release, the C library
# included, so each program gets a shell script in its place that starts it by
# that release's loader.
set -euo pipefail

version=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)

case $version in
	17) suite=trixie ;;
	18) suite=forky ;;
	# not in a release yet: its own packages, with the libraries that the major before it needs
	19) suite=sid newer=experimental before=18 ;;
	*)
		echo "no release of Debian is known to have PostgreSQL $version" >&2
		exit 1
		;;
esac

# where this machine has Debian itself from
# shellcheck source=/dev/null
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	awk -v own="$own" '$2 == own && $3 == "main" && !found++ { print $1 }')
if [[ ! $mirror ]]; then
	echo "apt on this machine has no source of Debian's main archive" >&2
	exit 1
fi

# a view of apt of its own, in which nothing is installed
apt=$dir/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
: >"$apt/status"
for s in "$suite" ${newer:+"$newer"}; do
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $s main"
done >"$apt/sources.list"
cat >"$apt/apt.conf" <<-CONF
	Dir::Etc::SourceList "$apt/sources.list";
	Dir::Etc::SourceParts "/dev/null";
	Dir::Etc::Preferences "/dev/null";
	Dir::Etc::PreferencesParts "/dev/null";
	Dir::State::Lists "$apt/lists";
	Dir::State::Status "$apt/status";
	Dir::Cache "$apt/cache";
	APT::Sandbox::User "$(id -un)";
	APT::Install-Recommends "false";
	Acquire::Languages "none";
	Acquire::Retries "3";
CONF
export APT_CONFIG=$apt/apt.conf
apt-get -qq update >&2
# the server with all that it needs; of the headers' package, which would bring a compiler, the files alone
apt-get -qq -y --download-only -t "$suite" install "postgresql-${before:-$version}" "libpq-dev/$suite" >"$apt/log" 2>&1 || {
	cat "$apt/log" >&2
	exit 1
}
(
	cd "$apt/cache/archives"
	if [[ ${newer:-} ]]; then
		rm -f postgresql-"$before"_* postgresql-client-"$before"_* libpq5_* libpq-dev_*
		apt-get -qq download {"postgresql-$version","postgresql-client-$version",libpq5,libpq-dev}/"$newer" >&2
	fi
	apt-get -qq download "postgresql-server-dev-$version/${newer:-$suite}" >&2
)

root=$dir/root
rm -rf "$root"
mkdir -p "$root"
for package in "$apt"/cache/archives/*.deb; do
	case ${package##*/} in
		libperl5* | libllvm*) ;;
		postgresql-* | lib* | tzdata_* | zlib1g_*) dpkg-deb -x "$package" "$root" ;;
	esac
done
rm -rf "$apt"

server=$root/usr/lib/postgresql/$version
# bitcode is for the JIT compiler, whose library stays away
rm -rf "$server/lib/bitcode" "$server"/lib/llvmjit*
for part in lib lib64; do
	if [[ -d $root/$part && ! -L $root/$part ]]; then
		mkdir -p "$root/usr/$part"
		cp -a "$root/$part/." "$root/usr/$part/"
		rm -rf "${root:?}/$part"
	fi
done
loader=$(find "$root/usr/lib" "$root/usr/lib64" -name 'ld-linux*.so.*' 2>/dev/null | head -n 1)
libraries=$(dirname "$(find "$root/usr/lib" -name libc.so.6 | head -n 1)")

find "$server/bin" "$server/lib/pgxs" -type f | while read -r program; do
	[[ $(head -c 4 "$program" | tr -d '\0') == $'\x7fELF' ]] || continue
	mv "$program" "$program.elf"
	cat >"$program" <<-SH
		#!/bin/sh
		exec "$loader" --library-path "$libraries" --argv0 "\$0" "$program.elf" "\$@"
	SH
	chmod 755 "$program"
done

# the compiler is this machine's: its name, and no warning that it does not know yet
sed -i -E 's/^(CC *= *).*/\1gcc/; s/-Wmissing-variable-declarations//g' "$server/lib/pgxs/src/Makefile.global"
chmod -R a+rX "$dir"
"$server/bin/postgres" --version >&2
echo "$server/bin/pg_config"
