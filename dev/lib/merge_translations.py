"""Brings every .po file in i18n/ up to the template; texts that have gone are dropped."""

import polib
from translations import TEMPLATE

template = polib.pofile(str(TEMPLATE))
for path in sorted(TEMPLATE.parent.glob("*.po")):
    catalogue = polib.pofile(str(path))
    catalogue.merge(template)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.save()
    missing = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
    print(f"{path.name}: {len(catalogue)} texts, {missing} to translate")
