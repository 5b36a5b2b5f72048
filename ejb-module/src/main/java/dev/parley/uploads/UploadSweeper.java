package dev.parley.uploads;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Removes what nobody shared within a day, and files of deleted messages. Every node may do it at the same time. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UploadSweeper {

    static final Duration UNCONFIRMED = Duration.ofHours(24);

    private static final Logger LOG = System.getLogger(UploadSweeper.class.getName());

    /** Rows at once: a sweep that is not enough is followed by another one in an hour. */
    private static final int BATCH = 1_000;

    @Inject
    UploadLedger ledger;

    @Inject
    ObjectStore store;

    @Inject
    Clock clock;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadSweeper() {}

    @Schedule(hour = "*", minute = "23", persistent = false)
    void everyHour() {
        try {
            if (store.configured()) {
                sweep();
            }
        } catch (RuntimeException e) {
            // no caller to tell; the next hour tries again
            LOG.log(Level.WARNING, "Old uploads could not be removed: {0}", e.getMessage());
        }
    }

    void sweep() {
        Instant before = clock.instant().minus(UNCONFIRMED);
        List<UploadRow> abandoned = ledger.abandoned(before, BATCH);
        abandoned.forEach(row -> {
            store.remove(row.incomingName);
            store.remove(row.storedName);
            ledger.forget(row.id);
        });
        List<UploadRow> deleted = ledger.deleted(BATCH);
        deleted.forEach(row -> {
            store.remove(row.storedName);
            ledger.removed(row.id);
        });
        // what was written again after it was shared or refused
        store.removeOlder(UploadRow.INCOMING, before);
        if (!abandoned.isEmpty() || !deleted.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "Removed {0} uploads that nobody shared and {1} of deleted messages.",
                    abandoned.size(),
                    deleted.size());
        }
    }
}
