/// The command line.
module junicorn.cli {
    requires info.picocli;
    requires junicorn.master;
    requires static org.jspecify;
}
