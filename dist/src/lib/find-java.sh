# Finds a Java of at least a given version. Read by bin/junicorn and by ./build, with ". find-java.sh".
#
#   find_java 25 java    sets JAVA_HOME_FOUND and JAVA_VERSION_FOUND; fails if there is none.
#   find_java 25 javac   the same, of Javas that can compile.
#
# Nothing is started: a Java says its version in the file "release" beside its bin directory.

# The places, in order of preference, one a line.
java_candidates() {
    if [ -n "${JAVA_HOME:-}" ]; then
        printf '%s\n' "$JAVA_HOME"
    fi
    java_on_path=$(command -v java 2>/dev/null) || java_on_path=
    if [ -n "$java_on_path" ]; then
        java_on_path=$(readlink -f "$java_on_path")
        printf '%s\n' "${java_on_path%/bin/java}"
    fi
    for java_place in /usr/lib/jvm /usr/java /opt /opt/java "${HOME:-}/.sdkman/candidates/java" "${HOME:-}/.jdks"; do
        for java_candidate in "$java_place"/*; do
            printf '%s\n' "$java_candidate"
        done
    done
}

# Prints the major version of the Java in directory $1, or 0.
java_major() {
    java_release=0
    if [ -r "$1/release" ]; then
        while IFS='=' read -r java_key java_value; do
            if [ "$java_key" = JAVA_VERSION ]; then
                java_release=${java_value#\"}
                java_release=${java_release%%[!0-9]*}
            fi
        done <"$1/release"
    fi
    printf '%s\n' "${java_release:-0}"
}

find_java() {
    JAVA_HOME_FOUND=
    while IFS= read -r java_candidate; do
        if [ -x "$java_candidate/bin/$2" ] && [ "$(java_major "$java_candidate")" -ge "$1" ]; then
            JAVA_HOME_FOUND=$java_candidate
            JAVA_VERSION_FOUND=$(java_major "$java_candidate")
            return 0
        fi
    done <<EOF
$(java_candidates)
EOF
    return 1
}
