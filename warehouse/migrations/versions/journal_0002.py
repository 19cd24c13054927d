"""The journal: what people said and decided. Entries are only ever added; an edit is a further version."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("period", sa.Text),
        sa.Column("agency", sa.Text),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("thread", "version", name="entries_one_version_of_a_thread"),
        sqlite_autoincrement=True,
    )
    op.create_index("entries_by_kind", "entries", ["kind", "subject", "period"])
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER entries_no_{deed.lower()} BEFORE {deed} ON entries "
            "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
        )
    # INSERT OR REPLACE removes a row without asking the trigger on DELETE.
    op.execute(
        "CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries "
        "WHEN EXISTS (SELECT 1 FROM entries WHERE entry_id = NEW.entry_id) "
        "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
    )


def downgrade() -> None:
    raise RuntimeError("The journal is never taken back to an earlier shape: restore a backup instead.")
