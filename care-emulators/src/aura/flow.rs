//! What the control room does with a callout: the state machine.

use super::callout::TEST;
use super::case::{Case, Scene};
use super::cast::{self, CONTROLLER};
use super::control_error::ControlError;
use super::estimate::{Eta, InRange};
use super::moment::Moment;
use super::responder::Responder;
use super::status::Status;

impl Case {
    /// A member of staff sees the callout: it has an address now, and responders who are near.
    pub(super) fn acknowledge(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.not_closed()?;
        if self.callout.acknowledged {
            return Ok(());
        }
        let callout = &mut self.callout;
        callout.acknowledged = true;
        callout.first_acknowledged_by = Some(CONTROLLER);
        callout.first_acknowledged_at = Some(scene.now);
        callout.updated_at = scene.now;
        let mut place = callout.location.clone();
        place.find_address();
        callout.put_at(place);
        self.search(scene);
        Ok(())
    }

    /// A member of staff takes the callout.
    fn own(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.acknowledge(scene)?;
        let callout = &mut self.callout;
        if !callout.owned {
            callout.owned = true;
            callout.owned_by = Some(CONTROLLER);
            callout.owned_at = Some(scene.now);
        }
        callout.last_updated_by = Some(CONTROLLER);
        callout.updated_at = scene.now;
        Ok(())
    }

    /// A member of staff verified that a response is wanted.
    pub(super) fn verify(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.own(scene)?;
        self.set_verified_by(Some(CONTROLLER), scene.now);
        Ok(())
    }

    /// AURA itself takes it that a response is wanted: nobody verified it.
    pub(super) fn set_verified(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.not_closed()?;
        self.set_verified_by(None, scene.now);
        Ok(())
    }

    fn set_verified_by(&mut self, by: Option<&'static str>, now: Moment) {
        let callout = &mut self.callout;
        if callout.verified != Some(true) {
            callout.verified = Some(true);
            callout.verified_by = by;
            callout.verified_at = Some(now);
            callout.updated_at = now;
        }
    }

    /// Looks for the responder whose turn it is.
    fn search(&mut self, scene: &mut Scene<'_>) {
        let (crew, metres) = cast::crew(self.turn);
        self.callout.in_range = vec![InRange::new(scene.ids, self.callout.id, crew.id, metres, scene.now)];
        self.callout.unique_suppliers_in_range = vec![crew.supplier.id];
        self.metres = metres;
    }

    /// Checks that help may be sent now, and rings the responder whose turn it is.
    fn ring(&mut self, scene: &mut Scene<'_>) -> Result<&mut InRange, ControlError> {
        self.may_become(Status::Dispatched)?;
        if self.callout.callout_classification_id == TEST && self.callout.verified != Some(true) {
            return Err(ControlError::NotVerified { callout: self.callout.id });
        }
        self.set_verified(scene)?;
        self.own(scene)?;
        if self.callout.in_range.iter().any(|near| near.requested) {
            self.turn += 1;
            self.search(scene);
        }
        let callout = self.callout.id;
        let near = self.callout.in_range.first_mut().ok_or(ControlError::NoResponder { callout })?;
        near.requested = true;
        near.updated_at = scene.now;
        Ok(near)
    }

    /// A responder takes the ring and sets out.
    pub(super) fn dispatch(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.ring(scene)?.acknowledged = true;
        let (crew, metres) = cast::crew(self.turn);
        let from = (self.at.north(metres), self.at.longitude);
        let responder = Responder::sets_out(&crew, scene.ids, from, scene.now);
        self.callout.incident.send(crew.supplier, Some(responder), scene.now);
        self.reckon(scene, crew.id, metres);
        self.become_(Status::Dispatched, scene.now);
        Ok(())
    }

    /// The responder declines; the control room calls a company by telephone.
    pub(super) fn dispatch_by_hand(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.ring(scene)?.declined = true;
        self.callout.incident.send(cast::company(self.turn), None, scene.now);
        self.callout.incident.last_updated_by = Some(CONTROLLER);
        self.callout.expect_nothing();
        self.become_(Status::Dispatched, scene.now);
        Ok(())
    }

    /// Whoever was sent is not coming. The last estimate stays where it was.
    pub(super) fn cancel_responder(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.may_become(Status::Cancelled)?;
        for near in self.callout.in_range.iter_mut().filter(|near| near.acknowledged) {
            near.retracted_at = Some(scene.now);
            near.updated_at = scene.now;
        }
        self.callout.incident.call_back(scene.now);
        self.callout.unique_suppliers_in_range.clear();
        self.become_(Status::Cancelled, scene.now);
        Ok(())
    }

    /// The responder covers half of the way that is left.
    pub(super) fn move_responder(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        let callout = self.callout.id;
        let on_the_way = self.callout.status == Status::Dispatched;
        let metres = self.metres / 2;
        let at = (self.at.north(metres), self.at.longitude);
        let responder = self.callout.incident.responder.as_mut().filter(|_| on_the_way);
        let responder = responder.ok_or(ControlError::NoResponder { callout })?;
        responder.is_at(scene.ids, at, scene.now);
        let id = responder.id;
        self.callout.updated_at = scene.now;
        self.reckon(scene, id, metres);
        Ok(())
    }

    pub(super) fn arrive(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.may_become(Status::Arrived)?;
        let incident = &mut self.callout.incident;
        incident.responder_arrived_at = Some(scene.now);
        incident.updated_at = scene.now;
        if let Some(responder) = &mut incident.responder {
            responder.is_at(scene.ids, (self.at.latitude, self.at.longitude), scene.now);
            let id = responder.id;
            self.reckon(scene, id, 0);
        }
        self.become_(Status::Arrived, scene.now);
        Ok(())
    }

    pub(super) fn complete(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.may_become(Status::Completed)?;
        self.callout.incident.complete(scene.now);
        self.become_(Status::Completed, scene.now);
        Ok(())
    }

    pub(super) fn close(&mut self, scene: &mut Scene<'_>) -> Result<(), ControlError> {
        self.may_become(Status::Closed)?;
        self.own(scene)?;
        self.callout.incident.close(CONTROLLER, scene.now);
        self.callout.resolved_at = Some(scene.now.whole_second());
        self.become_(Status::Closed, scene.now);
        Ok(())
    }

    fn reckon(&mut self, scene: &mut Scene<'_>, responder: u64, metres: u64) {
        self.metres = metres;
        let eta = Eta::new(scene.ids, self.callout.id, responder, metres, scene.now);
        self.callout.set_eta(eta);
    }

    fn not_closed(&self) -> Result<(), ControlError> {
        let callout = self.callout.id;
        if self.callout.status == Status::Closed { Err(ControlError::Closed { callout }) } else { Ok(()) }
    }

    fn may_become(&self, next: Status) -> Result<(), ControlError> {
        let (callout, from) = (self.callout.id, self.callout.status);
        if from.may_become(next) { Ok(()) } else { Err(ControlError::Forbidden { callout, from, to: next }) }
    }

    fn become_(&mut self, status: Status, now: Moment) {
        self.callout.status = status;
        self.callout.last_updated_by = Some(CONTROLLER);
        self.callout.updated_at = now;
    }
}
