"""Odoo's insides that this app reaches into, as they are in Odoo 19.0."""

# What is overridden or called, and its parameters in Odoo 19.0. When one changed, read what Odoo
# does now, follow it, and then write the new parameters here.
ORIGINALS = {
    "odoo.orm.models": {
        "BaseModel._as_query": "(self, ordered=True)",
        "BaseModel._check_field_access": "(self, field, operation)",
        "BaseModel._fetch_query": "(self, query, fields)",
        "BaseModel._field_to_sql": "(self, alias, field_expr, query=None)",
        "BaseModel._has_field_access": "(self, field, operation)",
        "BaseModel._order_field_to_sql": "(self, alias, field_name, direction, nulls, query)",
        "BaseModel._order_to_sql": "(self, order, query, alias=None, reverse=False)",
        "BaseModel._filtered_access": "(self, operation)",
        "BaseModel._post_model_setup__": "(self)",
        "BaseModel._read_format": "(self, fnames, load='_classic_read')",
        "BaseModel._read_group": (
            "(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None)"
        ),
        "BaseModel._read_group_groupby": "(self, alias, groupby_spec, query)",
        "BaseModel._read_group_orderby": "(self, order, groupby_terms, query)",
        "BaseModel._read_group_select": "(self, aggregate_spec, query)",
        "BaseModel._read_grouping_sets": "(self, domain, grouping_sets, aggregates=(), order=None)",
        "BaseModel._search": (
            "(self, domain, offset=0, limit=None, order=None, *, active_test=True, "
            "bypass_access=False)"
        ),
        "BaseModel._search_display_name": "(self, operator, value)",
        "BaseModel._traverse_related_sql": "(self, alias, field, query)",
        "BaseModel._valid_field_parameter": "(self, field, name)",
        "fix_import_export_id_paths": "(fieldname)",
    },
    "odoo.addons.uom.models.uom_uom": {
        "UomUom._compute_price": "(self, price, to_unit)",
        "UomUom._compute_quantity": (
            "(self, qty, to_unit, round=True, rounding_method='UP', raise_if_failure=True)"
        ),
    },
    "xlsxwriter.worksheet": {
        "Worksheet._check_dimensions": "(self, row, col, ignore_row=False, ignore_col=False)",
        "Worksheet._write_cell": "(self, row, col, cell)",
        "Worksheet._write_row": "(self, row, spans, row_info=None, empty_row=False)",
        "Worksheet._write_single_row": "(self, current_row_num=0)",
    },
    "odoo.orm.model_classes": {
        "pop_field": "(model_cls, name)",
    },
    "odoo.orm.registry": {
        "Registry._discard_fields": "(self, fields)",
        "Registry._setup_models__": "(self, cr, model_names=None)",
    },
    "odoo.orm.fields": {
        "Field._description_groupable": "(self, env)",
        "Field.condition_to_sql": "(self, field_expr, operator, value, model, alias, query)",
        "Field.to_sql": "(self, model, alias)",
    },
    "odoo.orm.fields_selection": {
        "Selection._description_selection": "(self, env)",
    },
    "odoo.orm.fields_relational": {
        "Many2one.join": "(self, model, alias, query)",
    },
    "odoo.orm.domains": {
        "Domain._to_sql": "(self, model, alias, query)",
        "Domain.custom": "(*, to_sql, predicate=None)",
        "Domain.optimize_full": "(self, model)",
        "DomainCustom.__new__": "(cls, sql, filtered=None)",
    },
    "odoo.tools.sql": {
        "SQL.__init__": "(self, code='', /, *args, to_flush=None, **kwargs)",
        "SQL.identifier": "(cls, name, subname=None, to_flush=None)",
        "SQL.join": "(self, args)",
    },
    "odoo.tools.query": {
        "Query.__init__": "(self, env, alias, table=None)",
        "Query.add_join": "(self, kind, alias, table, condition)",
        "Query.add_where": "(self, where_clause, where_params=())",
        "Query.get_result_ids": "(self)",
        "Query.make_alias": "(alias, link)",
        "Query.select": "(self, *args)",
        "Query.subselect": "(self, *args)",
    },
    "odoo.addons.base.models.ir_ui_view": {
        "Base._get_view": "(self, view_id=None, view_type='form', **options)",
        "Base._get_records_action": "(self, **kwargs)",
        "Base._get_view_cache_key": "(self, view_id=None, view_type='form', **options)",
    },
    "odoo.addons.web.models.models": {
        "Base._add_groupby_values": "(self, groupby_read_specification, groupby, current_groups)",
        "Base._formatted_read_group_with_length": (
            "(self, domain, groupby, aggregates, offset=0, limit=None, order=None)"
        ),
        "Base._web_read_group_field_expand": "(self, groupby)",
        "Base._get_read_group_order": "(self, dict_order, groupby, aggregates)",
        "Base._web_read_group_format": "(self, groupby, aggregates, groups)",
        "Base._web_read_group_groupby_formatter": "(self, groupby_spec, values)",
    },
    "odoo.addons.base.models.ir_model": {
        "IrModel._get": "(self, name)",
        "IrModel._get_id": "(self, name)",
        "IrModelFields._get_fields_cached": "(self, model_name)",
        "IrModelFields._get_manual_field_data": "(self, model_name)",
        "IrModelFields._instanciate_attrs": "(self, field_data)",
        "IrModelFields._prepare_update": "(self)",
        "IrModelFields._reflect_fields": "(self, model_names)",
        "IrModelFieldsSelection._reflect_selections": "(self, model_names)",
    },
    "odoo.addons.base.models.ir_rule": {
        "IrRule._compute_domain": "(self, model_name, mode='read')",
    },
    "odoo.addons.base.models.ir_actions": {
        "IrActionsActions._for_xml_id": "(self, full_xml_id)",
    },
    "odoo.addons.base.models.ir_attachment": {
        "IrAttachment._full_path": "(self, path)",
        "IrAttachment._mark_for_gc": "(self, fname)",
        "IrAttachment._storage": "(self)",
        "IrAttachment._to_http_stream": "(self)",
    },
    "odoo.addons.base.models.ir_binary": {
        "IrBinary._find_record": (
            "(self, xmlid=None, res_model='ir.attachment', res_id=None, access_token=None, "
            "field=None)"
        ),
    },
    "odoo.addons.base.models.ir_qweb": {
        "IrQweb._render": "(self, template, values=None, **options)",
    },
    "odoo.addons.base.models.ir_cron": {
        "IrCron._commit_progress": "(self, processed=0, *, remaining=None, deactivate=False)",
        "IrCron._trigger": "(self, at=None)",
    },
    "odoo.addons.base.models.res_lang": {
        "ResLang._lang_get": "(self, code)",
    },
    "odoo.addons.base.models.res_currency": {
        "ResCurrency._convert": (
            "(self, from_amount, to_currency, company=None, date=None, round=True)"
        ),
        "ResCurrency._get_conversion_rate": (
            "(self, from_currency, to_currency, company=None, date=None)"
        ),
        "ResCurrency._get_rates": "(self, company, date)",
    },
    "odoo.addons.base.models.res_users_settings": {
        "ResUsersSettings._find_or_create_for_user": "(self, user)",
        "ResUsersSettings._get_fields_blacklist": "(self)",
    },
    "odoo.addons.bus.models.bus_listener_mixin": {
        "BusListenerMixin._bus_send": "(self, notification_type, message, /, *, subchannel=None)",
    },
    "odoo.addons.sale.report.sale_report": {
        "SaleReport._get_done_states": "(self)",
    },
    "odoo.addons.web.controllers.export": {
        "ExportFormat.base": "(self, data)",
    },
    "odoo.addons.web.controllers.pivot": {
        "TableExporter.export_xlsx": "(self, data, **kw)",
    },
    "odoo.service.server": {
        "PreforkServer.pipe_ping": "(self, pipe)",
        "ThreadedServer.process_limit": "(self)",
        "Worker.__init__": "(self, multi)",
        "Worker.start": "(self)",
    },
}

# Attributes of the ORM that every addon uses
EVERYDAY = {"_", "_abstract", "_fields", "_ids", "_name", "_origin", "_table", "_transient"}

# Insides that are no functions: class -> the attributes that are read or set
ATTRIBUTES = {
    "odoo.orm.fields:Field": {"_description_searchable"},
    "odoo.orm.models:BaseModel": {"_fields__", "_rec_names_search", "_setup_done__"},
    "odoo.tools.query:Query": {"_env", "_tables", "_joins", "_where_clauses", "_order", "_ids"},
}

# What the query of the report replaces or leaves as it is; something new in Odoo's may go by
# conditions that the report's query has put elsewhere.
QUERY = {
    *("__init__", "__bool__", "__iter__", "__len__", "__str__", "add_join", "add_table"),
    *("add_where", "from_clause", "get_result_ids", "is_empty", "join", "left_join", "make_alias"),
    *("order", "select", "set_result_ids", "subselect", "table", "where_clause"),
}
QUERY_ATTRIBUTES = {
    *("_env", "_ids", "_joins", "_order", "_order_groupby", "_tables", "_where_clauses"),
    *("groupby", "having", "limit", "offset"),
}

# Models of Odoo that the app extends -> the methods that it overrides on them
EXTENDED = {
    # Only where a context of this app asks for it
    "base": {"_search_display_name", "export_data"},
    "digest.digest": {"_compute_kpis_actions"},
    "ir.attachment": {"copy_data"},
    "ir.binary": {"_find_record"},
    "ir.config_parameter": {"create", "unlink", "write"},
    "ir.filters": {"get_filters"},
    "ir.http": {"session_info"},
    "ir.model.fields": {
        *("_get_fields_cached", "_get_manual_field_data", "_instanciate_attrs"),
        *("_prepare_update", "_reflect_fields", "create", "write"),
    },
    "ir.model.fields.selection": {"_reflect_selections"},
    "properties.base.definition": {"create", "unlink", "write"},
    "res.company": {"write"},
    "res.config.settings": {"get_values", "set_values"},
    "res.users": {"_search_display_name"},
    "res.partner": {"_field_to_sql"},
    "res.users.settings": {"_get_fields_blacklist"},
}
