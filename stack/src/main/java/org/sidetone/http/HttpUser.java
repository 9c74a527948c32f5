package org.sidetone.http;

/** Told how a request ended. Arguments are valid during the call; the next request may be made in it. */
public interface HttpUser {
    void onAnswer(HttpResponse response, long nowMs);

    /** There is no answer. @param why a code of {@link HttpClient} */
    void onNoAnswer(int why, long nowMs);
}
