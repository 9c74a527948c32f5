package org.sidetone.switchboard;

import java.util.HashMap;
import java.util.Map;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestServer;

/** The users of the one domain, with their passwords. */
public final class Users implements DigestServer.Users {
    private final Map<String, String> passwords = new HashMap<>();

    public Users add(String name, String password) {
        passwords.put(name, password);
        return this;
    }

    @Override
    public boolean password(Slice username, FixedText password) {
        String found = passwords.get(username.toString());
        return found != null && password.set(found);
    }

    @Override
    public boolean unhash(int algorithm, Slice userHash, FixedText username) {
        return false;                                   // challenges of this exchange do not ask for hashed names
    }

    public boolean contains(Slice name) {
        return passwords.containsKey(name.toString());
    }

    public int count() {
        return passwords.size();
    }
}
