# Arguments: PROGRAMS DIRECTORY SUPERUSER PORT FSYNC. Runs a PostgreSQL server
# in the directory until standard input ends, then ends it and removes all.
umask 077
bin=$1 dir=$2 user=$3 port=$4 fsync=$5

# Ctrl-C at a terminal is for the tests; the server goes when they are gone.
trap '' INT HUP TERM

"$bin/initdb" -D "$dir/data" -U "$user" --pwfile="$dir/password" --auth=scram-sha-256 \
	--no-sync --encoding=UTF8 --locale=C >"$dir/initdb" 2>&1 || {
	cp "$dir/initdb" "$dir/failed"
	cat >/dev/null
	exit 0
}

# The watcher reads the pipe that the tests hold; the server must not have it.
exec 3<&0 </dev/null
"$bin/postgres" -D "$dir/data" -c listen_addresses=127.0.0.1 -p "$port" -c unix_socket_directories="$dir" \
	-c fsync="$fsync" -c full_page_writes="$fsync" -c max_connections=300 3<&- >"$dir/server" 2>&1 &
server=$!
(
	cat <&3 >/dev/null
	kill -QUIT "$server" 2>/dev/null
) &
wait "$server"

# Still wanted? Then it ended by itself, and says why.
cp "$dir/server" "$dir/failed"
wait
rm -rf "$dir"
