package dev.parley.uploads;

import dev.parley.chat.Draft;
import dev.parley.chat.Message;
import dev.parley.identity.Caller;
import dev.parley.testing.Persistence;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The ledger as the container has it: each call from outside is a transaction of its own. */
final class LedgerInTransactions extends UploadLedger {

    private final Persistence persistence;

    LedgerInTransactions(Persistence persistence) {
        this.persistence = persistence;
    }

    @Override
    public void open(UploadRow row) {
        persistence.inTransaction(() -> {
            super.open(row);
            return row;
        });
    }

    @Override
    public UploadRow own(Caller caller, UUID uploadId) {
        return persistence.inTransaction(() -> super.own(caller, uploadId));
    }

    @Override
    public Message again(Caller caller, UploadRow row, UUID clientId) {
        return persistence.inTransaction(() -> super.again(caller, row, clientId));
    }

    @Override
    public Message share(Caller caller, UUID uploadId, Draft draft) {
        return persistence.inTransaction(() -> super.share(caller, uploadId, draft));
    }

    @Override
    public boolean reject(UUID uploadId) {
        return persistence.inTransaction(() -> super.reject(uploadId));
    }

    @Override
    public UploadRow visible(Caller caller, UUID uploadId) {
        return persistence.inTransaction(() -> super.visible(caller, uploadId));
    }

    @Override
    public List<UploadRow> abandoned(Instant before, int limit) {
        return persistence.inTransaction(() -> super.abandoned(before, limit));
    }

    @Override
    public List<UploadRow> deleted(int limit) {
        return persistence.inTransaction(() -> super.deleted(limit));
    }

    @Override
    public void forget(UUID uploadId) {
        persistence.inTransaction(() -> {
            super.forget(uploadId);
            return uploadId;
        });
    }

    @Override
    public void removed(UUID uploadId) {
        persistence.inTransaction(() -> {
            super.removed(uploadId);
            return uploadId;
        });
    }
}
