package junicorn.worker.http;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What a thread is doing, for people: its stack, the lock it waits for, and what the lock's owner
/// is doing. Of a virtual thread the JVM tells the stack and what it is parked on, not who has it.
final class ThreadReport {
    private static final int FRAMES_MAX = 200;

    private ThreadReport() {}

    static String of(@Nullable Thread thread) {
        if (thread == null) {
            return "no thread is in it: it waits for the application to complete it";
        }
        var text = new StringBuilder(2000);
        var info = thread.isVirtual() ? null : info(thread.threadId());
        if (info == null) {
            virtual(thread, text);
        } else {
            platform(info, text);
            owner(info, text);
        }
        return text.toString();
    }

    /// Of a thread of the JVM's own list.
    static String listed(ThreadInfo info) {
        var text = new StringBuilder(2000);
        platform(info, text);
        return text.toString();
    }

    private static @Nullable ThreadInfo info(long id) {
        var all =
                ManagementFactory.getThreadMXBean()
                        .getThreadInfo(new long[] {id}, true, false, FRAMES_MAX);
        return all.length == 0 ? null : all[0];
    }

    private static void virtual(Thread thread, StringBuilder text) {
        var name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
        text.append("thread ").append(name).append(' ').append(thread.getState());
        var blocker = LockSupport.getBlocker(thread);
        if (blocker != null) {
            text.append(" on ").append(blocker.getClass().getName()).append('@');
            text.append(Integer.toHexString(System.identityHashCode(blocker)));
        }
        var stack = thread.getStackTrace();
        for (int i = 0; i < stack.length && i < FRAMES_MAX; i++) {
            text.append("\n  at ").append(stack[i]);
        }
    }

    private static void platform(ThreadInfo info, StringBuilder text) {
        text.append("thread ").append(info.getThreadName()).append(' ');
        text.append(info.getThreadState());
        var stack = info.getStackTrace();
        for (int i = 0; i < stack.length; i++) {
            text.append("\n  at ").append(stack[i]);
            for (MonitorInfo locked : info.getLockedMonitors()) {
                if (locked.getLockedStackDepth() == i) {
                    text.append("\n     locked ").append(locked);
                }
            }
        }
    }

    private static void owner(ThreadInfo waiting, StringBuilder text) {
        var lock = waiting.getLockInfo();
        if (lock == null) {
            return;
        }
        text.append("\nwaits for ").append(lock);
        if (waiting.getLockOwnerId() >= 0) {
            text.append(" owned by ");
            var owner = info(waiting.getLockOwnerId());
            if (owner == null) {
                text.append("thread ").append(waiting.getLockOwnerName());
            } else {
                platform(owner, text);
            }
        }
    }
}
