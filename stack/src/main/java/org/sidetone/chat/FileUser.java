package org.sidetone.chat;

/** Told what happens to files (RFC 5547). A transfer may be ended within each call. */
public interface FileUser {
    /** {@link #onFileEnded}: all of it is there, and is what it was said to be. */
    int WHOLE = 200;
    /** All of it was sent; the other side did not say that it arrived. */
    int SENT = 202;
    /** Somebody broke it off. */
    int BROKEN_OFF = 487;
    /** What arrived is not what was said: of another size, or with another hash. */
    int DAMAGED = 422;

    /** Somebody offers a file: {@link FileTransfer#accept} or {@link FileTransfer#refuse}. */
    void onFileOffered(FileTransfer transfer, long nowMs);

    /**
     * Somebody asks for a file by what {@link FileTransfer#file} says of it: {@link FileTransfer#give} with one that fits, then {@link FileTransfer#accept},
     * or {@link FileTransfer#refuse} with 404.
     */
    void onFileRequested(FileTransfer transfer, long nowMs);

    /** Some of it passed: {@link FileTransfer#passed}. */
    void onFileProgress(FileTransfer transfer, long nowMs);

    /**
     * It is over.
     * @param status {@link #WHOLE}: of one that came the content is there until {@link FileTransfer#release}; else why not, as
     *        {@link org.sidetone.session.SessionUser#onEnded} or one of the constants here
     */
    void onFileEnded(FileTransfer transfer, int status, long nowMs);
}
