/** For lists of what is only reported: a group whose menu would be empty shows none. */
export const withoutEmptyGroupMenus = (Renderer) =>
    class extends Renderer {
        showGroupConfigMenu(group) {
            const { editGroup, deleteGroup } = this.props.activeActions;
            return Boolean(editGroup || deleteGroup) && super.showGroupConfigMenu(group);
        }
    };
