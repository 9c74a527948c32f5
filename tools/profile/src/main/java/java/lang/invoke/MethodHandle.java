package java.lang.invoke;

/** Compile-time stub: with it the compiler names a lambda that the profile lacks, instead of failing inside itself. */
public final class MethodHandle {
    private MethodHandle() {
    }
}
