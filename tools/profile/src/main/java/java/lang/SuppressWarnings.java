package java.lang;

/** Compile-time stub of the annotation. */
public @interface SuppressWarnings {
    String[] value();
}
