package junicorn.worker;

import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.control.WorkerSettings;
import junicorn.instance.Office;

/// This worker's side of the question who leads. It says that it yields only when its application
/// can no longer see it as the leader, so that no two ever are.
final class Leadership {
    private final ControlChannel channel;

    private Leadership(ControlChannel channel) {
        this.channel = channel;
    }

    /// Also tells the application which worker this is.
    static Leadership of(WorkerSettings.Place place, ControlChannel channel) {
        System.setProperty("junicorn.worker", Integer.toString(place.slot()));
        System.setProperty("junicorn.workers", Integer.toString(place.workers()));
        System.setProperty("junicorn.generation", Long.toString(place.generation()));
        Office.HERE.follow();
        return new Leadership(channel);
    }

    /// The master says so. It may not know yet that this worker stops.
    void lead() {
        if (!Office.HERE.take()) {
            channel.send(new Message.Yielded());
        }
    }

    /// The worker begins to stop.
    void give() {
        if (Office.HERE.give()) {
            channel.send(new Message.Yielded());
        }
    }
}
