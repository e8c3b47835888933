/// The command line.
@SuppressWarnings("requires-automatic") // org.tomlj says its name in its manifest
module junicorn.cli {
    requires info.picocli;
    requires junicorn.master;
    requires org.tomlj;
    requires static org.jspecify;
}
