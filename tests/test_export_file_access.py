"""A file of an export ends with the right to it, whatever way one takes to it."""

import json
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Request
from odoo.service.model import call_kw
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .export_job_common import JOB, USER, JobCommon

ATTACHMENT = "ir.attachment"
OWN = "customer_sales_report.group_customer_sales_user"
ALL = "customer_sales_report.group_customer_sales_all"
MANAGER = "customer_sales_report.group_customer_sales_manager"
EXPORT = "base.group_allow_export"

# Kind of user -> groups
KINDS = {
    "own customers": f"{OWN},{EXPORT}",
    "all customers": USER,
    "administrator": f"{MANAGER},{EXPORT}",
    "administrator of Odoo": f"{MANAGER},{EXPORT},base.group_system,base.group_erp_manager",
}


@tagged("post_install", "-at_install")
class TestFileAccess(JobCommon, HttpCase):
    """A file of sales of two companies: its owner has it by each of these ways, and by none once
    the right to export, the level or one of the companies was taken away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.both = cls.company | cls.elsewhere
        cls.kinds = {
            kind: new_test_user(
                cls.env,
                "file_" + "".join(letter for letter in kind if letter.isalpha()),
                f"base.group_user,{groups}",
                company_id=cls.company.id,
                company_ids=cls.both.ids,
            )
            for kind, groups in KINDS.items()
        }

    def levels(self, kind):
        names = [name for name in KINDS[kind].split(",") if "customer_sales" in name]
        return self.env["res.groups"].union(*(self.env.ref(name) for name in names))

    def file_of(self, user, **request):
        jobs = self.env(user=user.id, su=False)[JOB].with_context(allowed_company_ids=self.both.ids)
        job = jobs._ask(self.request("lines", **{"columns": ["price_subtotal"], **request}), 6)
        job._run_at_once()
        self.assertEqual(job.company_ids, self.both)
        return job.sudo()

    def call(self, user, model, method, *args, **kwargs):
        self.env.invalidate_all()
        context = {"allowed_company_ids": user.company_ids.ids}
        model = self.env(user=user.id, su=False, context={})[model]
        return call_kw(model, method, args, {"context": context, **kwargs})

    def ways(self, user, job):
        """What a user gets of a file: name of the way -> whether it gives anything of it."""
        attachment = job.attachment_id
        content = attachment.raw
        in_base64 = attachment.datas
        record = [("res_model", "=", JOB), ("res_id", "=", job.id)]
        by_name = [("id", "=", attachment.id)]
        reads = {
            "read": ((ATTACHMENT, "read", attachment.ids, ["name"]), {}),
            "raw": ((ATTACHMENT, "read", attachment.ids, ["raw"]), {}),
            "datas": ((ATTACHMENT, "read", attachment.ids, ["datas"]), {}),
            "web_read": ((ATTACHMENT, "web_read", attachment.ids, {"datas": {}}), {}),
            "search by record": ((ATTACHMENT, "search", record), {}),
            "search by id": ((ATTACHMENT, "search_read", by_name, ["checksum"]), {}),
            "count": ((ATTACHMENT, "search_count", by_name), {}),
            "export_data": ((ATTACHMENT, "export_data", attachment.ids, ["name", "datas"]), {}),
            "file of the job": ((JOB, "read", job.ids, ["attachment_id", "file_name"]), {}),
            "button": ((JOB, "action_download", job.ids), {}),
            "token": ((ATTACHMENT, "search_read", by_name, ["access_token"]), {}),
        }
        found = {}
        for way, (args, kwargs) in reads.items():
            try:
                with self.env.cr.savepoint():
                    found[way] = bool(self.call(user, *args, **kwargs))
            except (AccessError, MissingError, UserError):
                found[way] = False
        self.authenticate(user.login, user.login)
        for way, address in {
            "our route": f"/customer_sales_report/export/{job.id}",
            "/web/content": f"/web/content/{attachment.id}",
            "/web/content of a model": f"/web/content/ir.attachment/{attachment.id}/datas",
            "/web/content by a token": f"/web/content/{attachment.id}?access_token={self.token}",
            "/web/content by a short token": (
                f"/web/content/{attachment.id}?access_token={attachment._get_raw_access_token()}"
            ),
            "/web/image": f"/web/image/{attachment.id}",
        }.items():
            found[way] = self.url_open(address).content == content
        response = self.url_open(
            "/mail/attachment/zip",
            data={
                "file_ids": attachment.id,
                "zip_name": "x.zip",
                "csrf_token": Request.csrf_token(self),
            },
        )
        found["zip"] = is_zipfile(BytesIO(response.content)) and any(
            ZipFile(BytesIO(response.content)).read(name) == content
            for name in ZipFile(BytesIO(response.content)).namelist()
        )
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "params": {
                        "model": ATTACHMENT,
                        "method": "read",
                        "kwargs": {},
                        "args": [attachment.ids, ["datas"]],
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        found["call_kw"] = in_base64 in response.content
        return found

    def with_token(self, job):
        """The file with a token that opens it without any right, as it is given to mails."""
        self.token = job.attachment_id.generate_access_token()[0]
        return job

    def assertGives(self, user, job, wanted):  # noqa: N802
        with mute_logger("odoo.http"):  # which notes what is refused
            found = self.ways(user, job)
        self.assertEqual({way for way, given in found.items() if given != wanted}, set())
        self.assertEqual(len(found), 19)

    def test_the_owner_has_it(self):
        for kind, user in self.kinds.items():
            with self.subTest(user=kind):
                self.assertGives(user, self.with_token(self.file_of(user)), True)

    def test_without_the_right_to_export(self):
        for kind, user in self.kinds.items():
            job = self.with_token(self.file_of(user))
            # Administrators of Odoo have the right by being that.
            user.group_ids = self.env.ref("base.group_user") | self.levels(kind)
            with self.subTest(user=kind):
                self.assertFalse(user.has_group(EXPORT))
                self.assertGives(user, job, False)

    def test_without_a_level(self):
        for kind, user in self.kinds.items():
            job = self.with_token(self.file_of(user))
            user.group_ids -= self.levels(kind)
            with self.subTest(user=kind):
                self.assertFalse(user.has_group(OWN))
                self.assertGives(user, job, False)

    def test_without_one_of_its_companies(self):
        for kind, user in self.kinds.items():
            job = self.with_token(self.file_of(user))
            user.company_ids = [Command.set(self.company.ids)]
            with self.subTest(user=kind):
                self.assertGives(user, job, False)
                user.company_ids = [Command.set(self.both.ids)]
                self.assertGives(user, job, True)

    def test_without_a_right_that_it_was_made_with(self):
        """Who saw all customers, costs or addresses when the file was written, and does not now."""
        margin, contact = (
            self.env.ref(f"customer_sales_report.group_customer_sales_{name}")
            for name in ("margin", "contact")
        )
        level, export = self.env.ref(ALL), self.env.ref(EXPORT)
        user = self.kinds["all customers"]
        has_email = [["email", "!=", False]]
        for lost, request in (
            (level, {"columns": ["price_subtotal"]}),
            (margin, {"columns": ["price_subtotal", "margin"]}),
            (contact, {"columns": ["price_subtotal", "zip"]}),
            (contact, {"columns": ["price_subtotal"], "domain": has_email}),
            (margin, {"columns": ["price_subtotal"], "order": "margin desc"}),
            (contact, {"columns": ["price_subtotal"], "domain": [["country_id", "=", False]]}),
        ):
            user.group_ids = self.env.ref("base.group_user") | level | export | margin | contact
            job = self.with_token(self.file_of(user, **request))
            self.assertGives(user, job, True)
            user.group_ids = user.group_ids - lost + self.env.ref(OWN)
            with self.subTest(lost=lost.name, request=request):
                is_used = "country_id" not in str(request)
                self.assertGives(user, job, not is_used)

    def test_of_somebody_else(self):
        job = self.with_token(self.file_of(self.kinds["all customers"]))
        for kind, user in self.kinds.items():
            if kind != "all customers":
                with self.subTest(user=kind):
                    self.assertGives(user, job, False)

    def test_a_group_that_loses_the_right(self):
        """By another way than the user's own record."""
        user = self.kinds["all customers"]
        job = self.with_token(self.file_of(user))
        group = self.env.ref(EXPORT)
        group.write({"user_ids": [Command.unlink(user.id)]})
        self.assertGives(user, job, False)

    def test_a_company_that_loses_its_user(self):
        user = self.kinds["all customers"]
        job = self.with_token(self.file_of(user))
        self.elsewhere.write({"user_ids": [Command.unlink(user.id)]})
        self.assertGives(user, job, False)

    def test_nobody_without_a_login(self):
        job = self.with_token(self.file_of(self.kinds["all customers"]))
        for token in (self.token, job.attachment_id._get_raw_access_token()):
            address = f"/web/content/{job.attachment_id.id}?access_token={token}"
            self.assertEqual(self.url_open(address).status_code, 404)

    def test_what_a_refused_owner_is_told(self):
        user = self.kinds["all customers"]
        job = self.file_of(user)
        address = f"/customer_sales_report/export/{job.id}"
        self.authenticate(user.login, user.login)
        self.assertEqual(self.url_open(address).status_code, 200)
        user.company_ids = [Command.set(self.company.ids)]
        self.assertEqual(self.url_open(address).status_code, 404)
        user.group_ids -= self.env.ref(EXPORT)
        response = self.url_open(address)
        self.assertEqual(response.status_code, 403)
        self.assertIn("You may not export data", response.text)
        user.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_one_company_selected(self):
        """All of a file's companies must be allowed, one of them selected."""
        user = self.kinds["all customers"]
        job = self.file_of(user)
        third = self.env["res.company"].create({"name": "Third"})
        user.company_ids |= third
        for selected, is_found in (
            (self.company, True),
            (self.elsewhere, True),
            (third, False),
        ):
            jobs = self.env(user=user.id, su=False)[JOB]
            found = jobs.with_context(allowed_company_ids=selected.ids).search([])
            self.assertEqual(job in found, is_found)

    def test_no_copies(self):
        """A copy would be a file like any other, of whoever made it."""
        for kind, user in self.kinds.items():
            attachment = self.file_of(user).attachment_id
            for default in ({}, {"res_model": False, "res_id": False}):
                with self.subTest(user=kind), self.assertRaisesRegex(UserError, "is not copied"):
                    attachment.with_user(user).copy(default)
        with self.assertRaisesRegex(UserError, "is not copied"):
            attachment.copy({"res_model": "res.partner", "res_id": self.acme.id})
        other = self.env[ATTACHMENT].create({"name": "Other", "raw": b"other"})
        self.assertEqual(other.copy().raw, b"other")

    def test_owners_change_nothing(self):
        """A file is neither put elsewhere nor made public nor given a token."""
        for kind, user in self.kinds.items():
            attachment = self.file_of(user).attachment_id.with_user(user)
            for change in (
                lambda each: each.write({"res_model": False, "res_id": False}),
                lambda each: each.write({"public": True}),
                lambda each: each.generate_access_token(),
                lambda each: each.unlink(),
            ):
                with self.subTest(user=kind), self.assertRaises(AccessError):
                    change(attachment)

    def test_told_without_the_right(self):
        """The browser says that it has told the user, who does not see the export any more."""
        user = self.kinds["all customers"]
        job = self.file_of(user)
        job.is_told = False
        user.group_ids -= self.env.ref(EXPORT)
        self.assertTrue(job.with_user(user).told())
        self.assertFalse(job.is_told)
        self.assertEqual(self.env(user=user.id, su=False)[JOB]._untold(), [])
