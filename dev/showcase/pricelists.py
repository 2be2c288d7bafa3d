"""One pricelist for each currency that a company sells in."""

CURRENCIES = {"najd": ["SAR", "USD", "EUR"], "gulf": ["USD"]}


def create_pricelists(env, companies):
    """Create them; return them by company's key and currency's name."""
    return {
        (key, name): env["product.pricelist"].create(
            {
                "name": f"{name} prices",
                "currency_id": env.ref(f"base.{name}").id,
                "company_id": companies[key].id,
                # Who has none of their own gets the first: the company's own currency.
                "sequence": sequence,
            }
        )
        for key, names in CURRENCIES.items()
        for sequence, name in enumerate(names)
    }
