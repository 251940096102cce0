#!/bin/sh
# From a fresh clone to provisioned users, with the .NET 10 SDK and a plain shell: builds, starts a server on SQLite, makes the
# first administrator, provisions the users of a CSV file, shows them, and leaves the server up. Safe to run again.
#
# Settings, all by environment (examples/README.md): QUICKSTART_HOME, QUICKSTART_PORT, QUICKSTART_CSV, QUICKSTART_PASSWORD,
# QUICKSTART_NO_BUILD.
set -eu

repository=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
program=$repository/server/medatarun
home=${QUICKSTART_HOME:-$repository/quickstart-data}
csv=${QUICKSTART_CSV:-$repository/examples/users.csv}
port=${QUICKSTART_PORT:-}
password=${QUICKSTART_PASSWORD:-}
workers=4
case $home in /*) ;; *) home=$PWD/$home ;; esac
# Somebody else's server and token have no say here; and a child needs no password in its environment.
unset MEDATARUN_AUTH_TOKEN MEDATARUN_PUBLIC_BASE_URL MEDATARUN_SERVER_PORT QUICKSTART_PASSWORD

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

random_hex() {
    od -An -v -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

# A member of server.json, which is one line of JSON that holds no secret.
state() {
    sed -n 's/.*"'"$1"'": *"\{0,1\}\([^",}]*\).*/\1/p' "$home/server.json" 2>/dev/null || true
}

is_running() {
    server=$(state pid)
    [ -n "$server" ] && kill -0 "$server" 2>/dev/null
}

# Starts the server on a port; 3 is its exit code for a port in use. It listens once its state file names its process.
# A managed, detached server takes its secret from standard input, and does not end with this shell.
start_on() {
    printf '{"bootstrap_secret":"%s"}\n' "$secret" |
        "$program" serve --managed --detached --home "$home" --port "$1" >/dev/null 2>"$work/start" &
    server=$!
    while [ "$(state pid)" != "$server" ]; do
        if ! kill -0 "$server" 2>/dev/null; then
            wait "$server" || return $?
            return 1
        fi
        sleep 1
    done
}

start_server() {
    try=${port:-8080}
    while :; do
        code=0
        start_on "$try" || code=$?
        [ "$code" -ne 0 ] || return 0
        if [ "$code" -ne 3 ] || [ -n "$port" ] || [ "$try" -ge 8099 ]; then
            fail "The server did not start: $(cat "$work/start")"
        fi
        try=$((try + 1))
    done
}

ask_password() {
    [ -t 0 ] || fail "There is an administrator already: give the password of 'admin' in QUICKSTART_PASSWORD."
    printf "Password of 'admin': " >&2
    trap 'stty echo; exit 130' INT TERM
    stty -echo
    read -r password || true
    stty echo
    trap 'exit 130' INT TERM
    echo >&2
}

make_admin() {
    if [ -z "$password" ]; then
        password=Qs-$(random_hex 12)
        echo "The password of 'admin', shown this once: $password"
    fi
    printf '%s\n%s\n' "$secret" "$password" |
        "$program" auth admin_bootstrap --secret=- --username=admin --fullname=Administrator --password=- >/dev/null
    echo "Made the administrator 'admin'."
}

sign_in() {
    MEDATARUN_AUTH_TOKEN=$(printf '%s\n' "$password" |
        "$program" auth login --username=admin --password=- | sed -n 's/^ *"access_token": *"\([^"]*\)".*/\1/p')
    [ -n "$MEDATARUN_AUTH_TOKEN" ] || fail "Nobody was signed in."
    export MEDATARUN_AUTH_TOKEN
}

# The rows of the CSV file (RFC 4180) that are worker $1's, each a line, its values in a fixed order between unit separators.
rows() {
    LC_ALL=C awk -v worker="$1" -v workers="$workers" '
        function add(value) { count++; fields[count] = value }
        function parse(text,    at, character, value, quoted, wasQuoted) {
            count = 0; value = ""; quoted = 0
            for (at = 1; at <= length(text); at++) {
                character = substr(text, at, 1)
                if (quoted && character == "\"" && substr(text, at + 1, 1) == "\"") { value = value "\""; at++ }
                else if (character == "\"") quoted = !quoted
                else if (character == "," && !quoted) { add(value); value = "" }
                else value = value character
            }
            add(value)
            return !quoted
        }
        function field(name) { return (name in column) ? fields[column[name]] : "" }
        { sub(/\r$/, "") }
        NR == 1 {
            sub(/^\357\273\277/, "")
            parse($0)
            for (i = 1; i <= count; i++) column[tolower(fields[i])] = i
            next
        }
        $0 == "" { next }
        { row++ }
        row % workers != worker { next }
        !parse($0) || index($0, "\037") {
            print "line " NR ": a value with a line break or a control character is left out" > "/dev/stderr"
            next
        }
        {
            print field("username") "\037" field("fullname") "\037" field("email") "\037" field("password") "\037" \
                field("admin") "\037" field("disabled")
        }' "$csv"
}

create() {
    set -- --username="$user" --fullname="$full" --password=- --admin="${admin:-false}" --disabled="${disabled:-false}"
    [ -z "$email" ] || set -- "$@" --email="$email"
    # On standard input, because every user of this machine can read the arguments of a process.
    if printf '%s\n' "$secret" | "$program" auth user_create "$@" >/dev/null 2>"$work/error.$worker"; then
        echo created
    elif grep -q '^User already exists' "$work/error.$worker"; then
        echo existing
        echo "$user exists" >&2
    else
        echo refused
        echo "$user was refused: $(head -n 1 "$work/error.$worker")" >&2
    fi
}

provision() {
    worker=0
    # By number: the server may be a child of this shell too, and a plain wait would be for it as well.
    pids=
    while [ "$worker" -lt "$workers" ]; do
        rows "$worker" | while IFS=$(printf '\037') read -r user full email secret admin disabled; do
            create
        done >"$work/result.$worker" &
        pids="$pids $!"
        worker=$((worker + 1))
    done
    for pid in $pids; do
        wait "$pid"
    done
    cat "$work"/result.* >"$work/results"
    echo "$(count created) created, $(count existing) existed, $(count refused) refused."
}

count() {
    grep -c "^$1\$" "$work/results" || true
}

show_users() {
    "$program" auth user_list --limit=1000 | LC_ALL=C awk '
        function value() { sub(/^[^:]*: /, ""); sub(/,$/, ""); gsub(/^"|"$/, ""); return $0 }
        BEGIN { printf "%-28s %-6s %-9s %s\n", "UserName", "Admin", "Disabled", "FullName" }
        /^ *"username":/ { user = value() }
        /^ *"fullname":/ { full = value() }
        /^ *"admin":/ { admin = value() }
        /^ *"disabled":/ { printf "%-28s %-6s %-9s %s\n", user, admin, value(), full }'
}

[ -r "$csv" ] || fail "There is no file $csv."
if [ -z "${QUICKSTART_NO_BUILD:-}" ]; then
    dotnet build "$repository/src/Medatarun.Host" --configuration Release --nologo --verbosity quiet
fi
[ -x "$program" ] || fail "There is no program $program: build it first."

secret=$(random_hex 32)
if is_running; then
    echo "The server runs already at $(state url), process $server."
else
    start_server
    echo "The server runs at $(state url), process $server, with its data in $home."
fi
export MEDATARUN_PUBLIC_BASE_URL="$(state url)"
if [ "$(state bootstrap_pending)" = true ]; then
    make_admin
elif [ -z "$password" ]; then
    ask_password
fi
sign_in
provision
show_users
echo
echo "The server is left up at $MEDATARUN_PUBLIC_BASE_URL. To stop it: kill $server"
[ "$(count refused)" -eq 0 ]
