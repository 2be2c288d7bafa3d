import { useService } from "@web/core/utils/hooks";

/**
 * A function that opens the lines behind a number of a customer's page.
 *
 * @returns {(record: Object, which: Object) => Promise} `which` says by words of the context which
 *  lines: see `action_open_lines`
 */
export function useOpenLines() {
    const orm = useService("orm");
    const action = useService("action");
    return async (record, which) => {
        const context = { ...record.context, ...which };
        const lines = await orm.call(record.resModel, "action_open_lines", [[record.resId]], {
            context,
        });
        return action.doAction(lines);
    };
}
