import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from psycopg2 import Binary

from odoo import models
from odoo.tools import SQL

FOLDER_PREFIX = "customer_sales_export"
MIME_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
BLOCK = 2**20


class CustomerSalesExportJob(models.Model):
    """The folder in which a file grows, and the attachment that it becomes."""

    _inherit = "customer.sales.export.job"

    def _folder_prefix(self) -> str:
        # A copy of a database may have the id of the original.
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return folder_prefix(f"{uuid}/{self.env.cr.dbname}", self.id)

    def _folder(self):
        """A folder for the parts of the file, which is removed at the end."""
        return tempfile.TemporaryDirectory(prefix=self._folder_prefix(), ignore_cleanup_errors=True)

    def _remove_folders(self):
        """Remove what a process that was killed left behind."""
        for folder in Path(tempfile.gettempdir()).glob(f"{self._folder_prefix()}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _store(self, path: str):
        """Make the file at ``path`` an attachment of this job.

        Odoo's own way reads a file into memory, and into its index of words. In a file store this
        moves it.

        :return: the attachment, in superuser mode
        """
        Attachment = self.env["ir.attachment"].sudo()
        attachment = Attachment.create(
            {
                "name": self.file_name,
                "res_model": self._name,
                "res_id": self.id,
                "mimetype": MIME_TYPES[self._requested().file_format],
            }
        )
        values = {"checksum": _checksum(path), "file_size": os.path.getsize(path)}
        is_in_database = Attachment._storage() == "db"
        if not is_in_database:
            values["store_fname"] = f"{values['checksum'][:2]}/{values['checksum']}"
        # `ir.attachment` lets nobody write these by its own method.
        models.BaseModel.write(attachment, values)
        attachment.flush_recordset()
        if is_in_database:
            self._send_to_database(path, attachment)
        else:
            target = attachment._full_path(values["store_fname"])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            # Should this transaction fail, the clean-up of the file store removes the file.
            attachment._mark_for_gc(values["store_fname"])
            shutil.move(path, target)
        return attachment

    def _send_to_database(self, path: str, attachment):
        """Make the file at ``path`` the content of ``attachment``, a block at a time: as the value
        of a query it would be in memory several times."""
        cr = self.env.cr
        cr.execute(SQL("SELECT lo_create(0)"))
        [large_object] = cr.fetchone()
        with open(path, "rb") as file:
            for offset in range(0, os.path.getsize(path), BLOCK):
                block = Binary(file.read(BLOCK))
                cr.execute(SQL("SELECT lo_put(%s, %s, %s)", large_object, offset, block))
        cr.execute(
            SQL(
                "UPDATE ir_attachment SET db_datas = lo_get(%s) WHERE id = %s",
                large_object,
                attachment.id,
            )
        )
        cr.execute(SQL("SELECT lo_unlink(%s)", large_object))
        attachment.invalidate_recordset()


def folder_prefix(database: str, job_id: int) -> str:
    """How the names of a job's folders begin, and those of no other job's of any database: the
    names of databases may begin alike and hold anything, their digests are of one length."""
    digest = hashlib.sha256(database.encode()).hexdigest()[:16]
    return f"{FOLDER_PREFIX}_{digest}_{job_id}_"


def _checksum(path: str) -> str:
    digest = hashlib.sha1()
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
