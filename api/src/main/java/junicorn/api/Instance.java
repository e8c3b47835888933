package junicorn.api;

import junicorn.instance.Office;

/// Which of the workers this process is. Outside of a worker, in a test say, it is the only one,
/// and the leader.
///
/// The same is in system properties, for who wants no dependency: `junicorn.worker`,
/// `junicorn.workers`, `junicorn.generation` and `junicorn.leader`, which changes while the process
/// lives. The first three are also in the environment: `JUNICORN_WORKER` and so on.
public final class Instance {
    private Instance() {}

    /// From 0. Two workers that live at the same time have different numbers, and a worker that
    /// dies is replaced by one with its number.
    public static int index() {
        return Integer.getInteger("junicorn.worker", 0);
    }

    /// How many the service was started with. While workers are exchanged, or after the operator
    /// added some, [#index] may be this or more.
    public static int workers() {
        return Integer.getInteger("junicorn.workers", 1);
    }

    /// Counts the versions of the application that the service has run, from 1.
    public static long generation() {
        return Long.getLong("junicorn.generation", 1);
    }

    /// True in one worker at most: for work that the service does once. A leader is so until it
    /// begins to stop; the next is chosen after that, or when the old one's process has ended.
    ///
    /// What the leader has begun is not interrupted when it stops, so ask before each piece of
    /// work.
    public static boolean isLeader() {
        return Office.isHeld();
    }

    /// Runs it once, on a thread of its own, when this worker becomes the leader; at once if it is.
    /// In workers that never lead it never runs.
    public static void onLeader(Runnable work) {
        Office.HERE.await(work);
    }
}
