package org.sidetone.bench.core;

import gov.nist.core.ServerLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.MessageFactory;

/** The stack of JAIN-SIP's reference implementation, set to do as little beside its work as it can be. */
public final class JainStack implements CoreServer.Contender, SipListener {
    private static final int T1_MS = 5;
    private static final long PAST_TIMER_J_MS = 64 * T1_MS + 300;

    private SipProvider provider;
    private MessageFactory messages;

    @Override
    public int open(int transactions) throws Exception {
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        Properties p = new Properties();
        p.setProperty("javax.sip.STACK_NAME", "bench");
        p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        p.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        p.setProperty("gov.nist.javax.sip.STACK_LOGGER", Silent.class.getName());
        p.setProperty("gov.nist.javax.sip.SERVER_LOGGER", Silent.class.getName());
        p.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        p.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        p.setProperty("gov.nist.javax.sip.MAX_SERVER_TRANSACTIONS", Integer.toString(8 * transactions));
        p.setProperty("gov.nist.javax.sip.UNLIMITED_SERVER_TRANSACTION_TABLE_SIZE", "true");
        SipStack stack = factory.createSipStack(p);
        messages = factory.createMessageFactory();
        int port;
        try (java.net.DatagramSocket probe = new java.net.DatagramSocket()) {
            port = probe.getLocalPort();
        }
        ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, "udp");
        provider = stack.createSipProvider(point);
        provider.addSipListener(this);
        return port;
    }

    @Override
    public void run() throws Exception {
        new CountDownLatch(1).await();
    }

    @Override
    public void settle() throws Exception {
        new CountDownLatch(1).await(PAST_TIMER_J_MS, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            ServerTransaction transaction = event.getServerTransaction();
            if (transaction == null) {
                transaction = provider.getNewServerTransaction(event.getRequest());
            }
            transaction.setRetransmitTimer(T1_MS);
            transaction.sendResponse(messages.createResponse(200, event.getRequest()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        // a server gets none
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        // nothing waits
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // the load notices
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // nothing waits
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // there are none
    }

    /** Says nothing, so that no logging is measured. */
    public static final class Silent implements StackLogger, ServerLogger {
        @Override
        public void logStackTrace() {
            // silent
        }

        @Override
        public void logStackTrace(int level) {
            // silent
        }

        @Override
        public int getLineCount() {
            return 0;
        }

        @Override
        public void logException(Throwable e) {
            // silent
        }

        @Override
        public void logDebug(String text) {
            // silent
        }

        @Override
        public void logDebug(String text, Exception e) {
            // silent
        }

        @Override
        public void logTrace(String text) {
            // silent
        }

        @Override
        public void logFatalError(String text) {
            // silent
        }

        @Override
        public void logError(String text) {
            // silent
        }

        @Override
        public boolean isLoggingEnabled() {
            return false;
        }

        @Override
        public boolean isLoggingEnabled(int level) {
            return false;
        }

        @Override
        public void logError(String text, Exception e) {
            // silent
        }

        @Override
        public void logWarning(String text) {
            // silent
        }

        @Override
        public void logInfo(String text) {
            // silent
        }

        @Override
        public void disableLogging() {
            // silent
        }

        @Override
        public void enableLogging() {
            // silent
        }

        @Override
        public void setBuildTimeStamp(String text) {
            // silent
        }

        @Override
        public void setStackProperties(Properties properties) {
            // silent
        }

        @Override
        public String getLoggerName() {
            return "silent";
        }

        @Override
        public void closeLogFile() {
            // silent
        }

        @Override
        public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
            // silent
        }

        @Override
        public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
            // silent
        }

        @Override
        public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
            // silent
        }

        @Override
        public void logException(Exception e) {
            // silent
        }

        @Override
        public void setSipStack(SipStack stack) {
            // silent
        }
    }
}
