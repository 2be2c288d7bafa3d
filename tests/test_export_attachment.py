import os

from odoo.tests import tagged

from .export_job_common import JobCommon


@tagged("post_install", "-at_install")
class TestAttachment(JobCommon):
    def test_as_odoo_makes_one(self):
        """The file of an export is kept as an attachment that Odoo makes of its bytes, in a file
        store and in the database."""
        content = os.urandom(3_000_000)
        self.keep_files_in_a_store()
        for storage in ("file", "db"):
            self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", storage)
            job = self.ask().sudo()
            with self.subTest(storage=storage), job._folder() as folder:
                path = os.path.join(folder, "file")
                with open(path, "wb") as file:
                    file.write(content)
                ours = job._store(path)
                odoos = self.env["ir.attachment"].create(
                    {"name": ours.name, "raw": content, "mimetype": ours.mimetype}
                )
                kept = ["checksum", "file_size", "store_fname", "mimetype", "type"]
                self.assertEqual(ours.read(kept)[0], {**odoos.read(kept)[0], "id": ours.id})
                self.assertEqual(bool(ours.store_fname), storage == "file")
                self.assertEqual(bool(ours.db_datas), storage == "db")
                self.env.invalidate_all()
                self.assertEqual(ours.raw, content)
