package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What compiles against CLDC and is left out all the same. */
class EmbeddedHabitsTest {
    private static final Set<String> EMBEDDED = Set.of("stack", "hal", "hal.bind", "firmware");
    private static final Set<String> NEVER = Set.of("java.lang.StringBuffer", "java.util.Vector", "java.util.Hashtable", "java.util.Stack",
            "java.util.Timer", "java.util.TimerTask", "java.util.Calendar", "java.util.Date", "java.util.Random", "java.util.TimeZone",
            "java.lang.Float", "java.lang.Double", "float", "double");
    private static final Set<String> NEVER_IN_THE_STACK = Set.of("java.lang.Thread", "java.lang.Runtime");

    /** What the jar has for Java SE alone, a CLDC device never sees. */
    private static final ImportOption NOT_FOR_JAVA_SE = location -> !location.contains("/META-INF/versions/");

    private static List<String> violations(JavaClasses classes) {
        List<String> out = new ArrayList<>();
        for (JavaClass c : classes) {
            String room = Rooms.roomOf(c.getPackageName());
            if (room == null || !EMBEDDED.contains(room)) {
                continue;
            }
            boolean stack = room.equals("stack");
            for (Dependency d : c.getDirectDependenciesFromSelf()) {
                String name = d.getTargetClass().getBaseComponentType().getName();
                if (NEVER.contains(name) || name.startsWith("javax.") || stack && (NEVER_IN_THE_STACK.contains(name) || name.startsWith("java.io."))) {
                    out.add(c.getName() + " uses " + name);
                }
            }
            for (JavaMethodCall call : c.getMethodCallsFromSelf()) {
                if (stack && call.getTargetOwner().getName().equals("java.lang.System") && !call.getName().equals("arraycopy")) {
                    out.add(c.getName() + " calls System." + call.getName());
                }
            }
            if (!c.getReferencedClassObjects().isEmpty()) {
                out.add(c.getName() + " has a class literal");
            }
            if (stack && c.getMethods().stream().anyMatch(m -> m.getModifiers().contains(JavaModifier.SYNCHRONIZED))) {
                out.add(c.getName() + " synchronizes");
            }
        }
        return out;
    }

    @Test
    void theEmbeddedModulesKeepThem() {
        assertEquals(List.of(), violations(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).withImportOption(NOT_FOR_JAVA_SE)
                .importPackages("org.sidetone").that(com.tngtech.archunit.base.DescribedPredicate.describe("no fixtures",
                        c -> !c.getPackageName().contains("fixture")))));
    }

    @Test
    void abuseIsFound() {
        assertFalse(violations(new ClassFileImporter().importClasses(org.sidetone.xml.fixture.XmlThatWaits.class)).isEmpty());
    }
}
