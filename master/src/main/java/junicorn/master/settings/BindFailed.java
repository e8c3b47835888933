package junicorn.master.settings;

/// A bind that cannot be opened; the message is for the operator.
public final class BindFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean transientCause;

    /// @param transientCause it may work in a second: the port is still another's
    public BindFailed(Bind bind, String why, boolean transientCause) {
        super("cannot bind " + bind + ": " + why);
        this.transientCause = transientCause;
    }

    public boolean mayPass() {
        return transientCause;
    }
}
