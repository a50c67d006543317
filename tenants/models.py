"""Every table, so that Alembic and the tests see the whole schema."""

from kotacerdas import idempotency
from kotacerdas.audit import models as audit
from kotacerdas.identity import models as identity
from kotacerdas.jobs import models as jobs
from kotacerdas.tenancy import Model
from kotacerdas.trusted import models as trusted
from kotacerdas.uploads import models as uploads
from tenants.assessment import models as assessment
from tenants.bimtek import models as bimtek
from tenants.cities import models as cities
from tenants.documents import models as documents
from tenants.editions import models as editions
from tenants.evaluation import models as evaluation
from tenants.experts import models as experts
from tenants.exports import models as exports
from tenants.institutions import models as institutions
from tenants.masterplan import models as masterplan
from tenants.masterplan.analysis import models as analysis
from tenants.masterplan.books import models as books
from tenants.notifications import models as notifications
from tenants.remarks import models as remarks
from tenants.reorganisation import models as reorganisation
from tenants.reviews import models as reviews
from tenants.submissions import models as submissions
from tenants.workbooks import models as workbooks

SUBJECTS = (
    idempotency,
    audit,
    identity,
    jobs,
    trusted,
    uploads,
    cities,
    editions,
    institutions,
    bimtek,
    assessment,
    submissions,
    remarks,
    experts,
    masterplan,
    reviews,
    evaluation,
    reorganisation,
    books,
    analysis,
    documents,
    exports,
    workbooks,
    notifications,
)
metadata = Model.metadata

__all__ = ["SUBJECTS", "metadata"]
