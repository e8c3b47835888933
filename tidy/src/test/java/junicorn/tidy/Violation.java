package junicorn.tidy;

/// One place that breaks a rule, as a compiler would say it.
record Violation(String path, long line, String what) {
    @Override
    public String toString() {
        return path + ":" + line + ": " + what;
    }
}
