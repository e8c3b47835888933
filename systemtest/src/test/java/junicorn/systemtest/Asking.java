package junicorn.systemtest;

/// A command that asks a server, from its start to its end.
final class Asking {
    private Asking() {}

    static Ended run(Process process) {
        var out = new Transcript("stdout of " + process.pid(), process.getInputStream());
        var err = new Transcript("stderr of " + process.pid(), process.getErrorStream());
        Await.until("the answer", Await.BOOT, process::isAlive, alive -> !alive);
        Await.until("its output", Await.SOON, () -> out.ended() && err.ended(), ended -> ended);
        return new Ended(process.exitValue(), out.text(), err.text());
    }
}
