/** {@code sidetone bench presence}: a rich presence document read by us, by the JDK's StAX parser and by kXML2. */
package org.sidetone.bench.presence;
