/** Steps in the filter dialog that several tours take. */

export const counted = {
    content: "The dialog has counted",
    trigger: ".o_customer_sales_preview.o_counted",
};
export const apply = { content: "Apply", trigger: "button[name='action_apply']", run: "click" };
export const closed = { content: "The dialog closes", trigger: "body:not(:has(.modal))" };
export const fitsTheScreen = {
    content: "Nothing is wider than the screen",
    trigger: ".modal .o_form_sheet",
    run: () => {
        const inputs = document.querySelectorAll(".modal .o_inner_group input");
        const isOutside = ({ left, right }) => left < 0 || right > window.innerWidth;
        const outside = [...inputs].filter((el) => isOutside(el.getBoundingClientRect()));
        if (outside.length) {
            throw new Error(`${outside.length} fields reach beyond the screen`);
        }
    },
};
