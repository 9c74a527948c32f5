package org.sidetone.sip.proxy;

/** Whoever had a request forwarded. */
public interface ProxyUser {
    /** Every target failed. @param status the best of their failures. @return true: do not forward it, the user answers */
    boolean onFailed(ProxyContext context, int status, long nowMs);

    /** A target answered 2xx; it is forwarded. Comes late too, after {@link #onSilence}. */
    void onSucceeded(ProxyContext context, int status, long nowMs);

    /** Nobody answered finally within the patience given. @return true: the user answered */
    boolean onSilence(ProxyContext context, long nowMs);

    /** Nothing is under way any more; the context is reused after this call. */
    void onDone(ProxyContext context, long nowMs);
}
