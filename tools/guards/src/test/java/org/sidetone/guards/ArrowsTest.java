package org.sidetone.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages hold, and a wrong import is found. */
class ArrowsTest {
    private static JavaClasses everything() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.sidetone").that(com.tngtech.archunit.base.DescribedPredicate.describe("ours",
                        c -> !c.getPackageName().startsWith("org.sidetone.guards") && !c.getPackageName().contains(".fixture")));
    }

    @Test
    void everyRoomIsThere() {
        JavaClasses classes = everything();
        for (String room : List.of("stack", "hal", "hal.bind", "hal.host", "hal.crypto", "hal.board", "hal.pi", "firmware", "firmware.pi",
                "emulator", "rig", "switchboard", "world", "bench")) {
            assertTrue(classes.stream().anyMatch(c -> room.equals(Rooms.roomOf(c.getPackageName()))), room + " is empty");
        }
        assertTrue(classes.stream().allMatch(c -> Rooms.roomOf(c.getPackageName()) != null));
    }

    @Test
    void nobodyKnowsWhomHeMustNot() {
        assertEquals(List.of(), Rooms.violations(everything()));
    }

    @Test
    void noPackagesImportEachOtherInARing() {
        assertEquals(List.of(), Rooms.cycles(everything()));
    }

    @Test
    void aWrongImportBetweenModulesIsFound() {
        JavaClasses wrong = new ClassFileImporter().importClasses(org.sidetone.rig.fixture.RigThatKnowsTheStack.class);
        assertFalse(Rooms.violations(wrong).isEmpty());
    }

    @Test
    void aWrongImportWithinTheStackIsFound() {
        JavaClasses wrong = new ClassFileImporter().importClasses(org.sidetone.xml.fixture.XmlThatKnowsSip.class);
        assertFalse(Rooms.violations(wrong).isEmpty());
    }

    @Test
    void aRingIsFound() {
        JavaClasses ring = new ClassFileImporter().importClasses(org.sidetone.bench.fixture.one.One.class,
                org.sidetone.bench.fixture.two.Two.class);
        assertEquals(2, Rooms.cycles(ring).size());
    }
}
