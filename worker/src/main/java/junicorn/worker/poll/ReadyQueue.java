package junicorn.worker.poll;

/// Events that were taken out of the epoll set and wait for a thread to serve them, in order. Not
/// for two threads at once.
final class ReadyQueue {
    private long[] data = new long[128];
    private int[] happened = new int[128];
    private int first;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(long eventData, int events) {
        if (size == data.length) {
            grow();
        }
        int at = (first + size) & (data.length - 1);
        data[at] = eventData;
        happened[at] = events;
        size++;
    }

    /// The data of the first event.
    long firstData() {
        return data[first];
    }

    /// What happened to the first event's descriptor.
    int firstHappened() {
        return happened[first];
    }

    void removeFirst() {
        first = (first + 1) & (data.length - 1);
        size--;
    }

    private void grow() {
        var moreData = new long[2 * data.length];
        var moreHappened = new int[2 * data.length];
        for (int i = 0; i < size; i++) {
            int at = (first + i) & (data.length - 1);
            moreData[i] = data[at];
            moreHappened[i] = happened[at];
        }
        data = moreData;
        happened = moreHappened;
        first = 0;
    }
}
