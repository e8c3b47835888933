package junicorn.control;

/// Placeholder until this package has its first class.
public final class Skeleton {
    private Skeleton() {}
}
