import { registry } from "@web/core/registry";

/**
 * Call it before each test that mounts a view. Odoo's bundle of unit tests holds the till's own
 * application as well, whose services start with every test and look for a till. Odoo's test
 * framework puts them back afterwards.
 */
export function leaveOutTills() {
    const services = registry.category("services");
    const left = new Set(["pos_data"]);
    const entries = services.getEntries();
    for (let size = 0; size !== left.size; ) {
        size = left.size;
        for (const [name, { dependencies = [] }] of entries) {
            if (dependencies.some((dependency) => left.has(dependency))) {
                left.add(name);
            }
        }
    }
    for (const name of left) {
        if (services.contains(name)) {
            services.remove(name);
        }
    }
}
