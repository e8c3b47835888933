package junicorn.worker.custom;

import org.jspecify.annotations.Nullable;

/// What `-k` names is no worker class, or cannot be one. The message says all.
public final class NoWorkerClass extends Exception {
    private static final long serialVersionUID = 1;

    NoWorkerClass(String words) {
        super(words);
    }

    NoWorkerClass(String words, @Nullable Throwable cause) {
        super(words, cause);
    }
}
