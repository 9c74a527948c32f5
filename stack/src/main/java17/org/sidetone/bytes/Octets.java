package org.sidetone.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight octets as one number, as Java SE reads them at once; everything else is as in the class of the same name in {@code src/main/java}. */
public final class Octets {
    public static final int COUNT = 8;
    private static final int BITS = 8;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Octets() {
    }

    public static boolean areFast() {
        return true;
    }

    public static long at(byte[] b, int index) {
        return (long) EIGHT.get(b, index);
    }

    public static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) / BITS;
    }
}
