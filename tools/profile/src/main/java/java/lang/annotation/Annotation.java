package java.lang.annotation;

/** Compile-time stub. */
public interface Annotation {
}
