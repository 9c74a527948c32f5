package java.lang.invoke;

/** Compile-time stub: with it the compiler names a lambda that the profile lacks, instead of failing inside itself. */
public final class MethodHandles {
    /** Compile-time stub. */
    public static final class Lookup {
        private Lookup() {
        }
    }
    private MethodHandles() {
    }
}
