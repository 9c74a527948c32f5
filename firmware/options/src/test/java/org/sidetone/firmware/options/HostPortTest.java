package org.sidetone.firmware.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @Test
    void readsNamesAddressesAndPorts() {
        assertEquals(new HostPort("example.test", 0), HostPort.parse("example.test"));
        assertEquals(new HostPort("127.0.0.1", 5060), HostPort.parse("127.0.0.1:5060"));
        assertEquals(new HostPort("[2001:db8::1]", 5061), HostPort.parse("[2001:db8::1]:5061"));
        assertEquals(new HostPort("[2001:db8::1]", 0), HostPort.parse("[2001:db8::1]"));
        assertEquals(new HostPort("2001:db8::1", 0), HostPort.parse("2001:db8::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:", "127.0.0.1:x", "[::1:5060", ""})
    void saysWhatIsWrong(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text)).getMessage();
        assertTrue(message.contains("a port is 1 to 65535") || message.contains("HOST or HOST:PORT"), message);
    }
}
