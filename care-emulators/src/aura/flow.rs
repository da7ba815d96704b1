//! The state machine of a callout: what each action of the control room changes, and when it is allowed.

use super::{
    callout::TEST,
    location::{Eta, InRange},
    record::Record,
    request_context::{RequestContext, Timestamp},
    responder::Responder,
    seed_data::{self, CONTROLLER},
    status::{ControlError, Status},
};

impl Record {
    /// A staff member sees the callout: adds an address and the responders nearby.
    pub(super) fn acknowledge(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.not_closed()?;
        if self.callout.acknowledged {
            return Ok(());
        }
        let callout = &mut self.callout;
        callout.acknowledged = true;
        callout.first_acknowledged_by = Some(CONTROLLER);
        callout.first_acknowledged_at = Some(context.now);
        callout.updated_at = context.now;
        let mut place = callout.location.clone();
        place.find_address();
        callout.put_at(place);
        self.search(context);
        Ok(())
    }

    /// A staff member takes the callout.
    fn own(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.acknowledge(context)?;
        let callout = &mut self.callout;
        if !callout.owned {
            callout.owned = true;
            callout.owned_by = Some(CONTROLLER);
            callout.owned_at = Some(context.now);
        }
        callout.last_updated_by = Some(CONTROLLER);
        callout.updated_at = context.now;
        Ok(())
    }

    /// A staff member verifies that a response is wanted.
    pub(super) fn verify(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.own(context)?;
        self.set_verified_by(Some(CONTROLLER), context.now);
        Ok(())
    }

    /// AURA itself marks the callout as verified; no staff member did.
    pub(super) fn set_verified(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.not_closed()?;
        self.set_verified_by(None, context.now);
        Ok(())
    }

    fn set_verified_by(&mut self, by: Option<&'static str>, now: Timestamp) {
        let callout = &mut self.callout;
        if callout.verified != Some(true) {
            callout.verified = Some(true);
            callout.verified_by = by;
            callout.verified_at = Some(now);
            callout.updated_at = now;
        }
    }

    /// Searches for the next responder.
    fn search(&mut self, context: &mut RequestContext<'_>) {
        let (crew, metres) = seed_data::crew(self.turn);
        self.callout.in_range = vec![InRange::new(context.ids, self.callout.id, crew.id, metres, context.now)];
        self.callout.unique_suppliers_in_range = vec![crew.supplier.id];
        self.metres = metres;
    }

    /// Checks that a responder may be sent now, and requests the next one.
    fn request_responder(&mut self, context: &mut RequestContext<'_>) -> Result<&mut InRange, ControlError> {
        self.check_transition(Status::Dispatched)?;
        if self.callout.callout_classification_id == TEST && self.callout.verified != Some(true) {
            return Err(ControlError::NotVerified { callout: self.callout.id });
        }
        self.set_verified(context)?;
        self.own(context)?;
        if self.callout.in_range.iter().any(|near| near.requested) {
            self.turn += 1;
            self.search(context);
        }
        let callout = self.callout.id;
        let near = self.callout.in_range.first_mut().ok_or(ControlError::NoResponder { callout })?;
        near.requested = true;
        near.updated_at = context.now;
        Ok(near)
    }

    /// A responder accepts the request and starts.
    pub(super) fn dispatch(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.request_responder(context)?.acknowledged = true;
        let (crew, metres) = seed_data::crew(self.turn);
        let from = (self.at.north(metres), self.at.longitude);
        let responder = Responder::starting_from(&crew, context.ids, from, context.now);
        self.callout.incident.send(crew.supplier, Some(responder), context.now);
        self.update_eta(context, crew.id, metres);
        self.set_status(Status::Dispatched, context.now);
        Ok(())
    }

    /// The responder declines, and the control room calls a company by telephone.
    pub(super) fn dispatch_by_hand(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.request_responder(context)?.declined = true;
        self.callout.incident.send(seed_data::company(self.turn), None, context.now);
        self.callout.incident.last_updated_by = Some(CONTROLLER);
        self.callout.clear_eta();
        self.set_status(Status::Dispatched, context.now);
        Ok(())
    }

    /// The responder isn't coming. The last estimate stays.
    pub(super) fn cancel_responder(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.check_transition(Status::Cancelled)?;
        for near in self.callout.in_range.iter_mut().filter(|near| near.acknowledged) {
            near.retracted_at = Some(context.now);
            near.updated_at = context.now;
        }
        self.callout.incident.recall(context.now);
        self.callout.unique_suppliers_in_range.clear();
        self.set_status(Status::Cancelled, context.now);
        Ok(())
    }

    /// The responder covers half of the remaining distance.
    pub(super) fn move_responder(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        let callout = self.callout.id;
        let on_the_way = self.callout.status == Status::Dispatched;
        let metres = self.metres / 2;
        let at = (self.at.north(metres), self.at.longitude);
        let responder = self.callout.incident.responder.as_mut().filter(|_| on_the_way);
        let responder = responder.ok_or(ControlError::NoResponder { callout })?;
        responder.move_to(context.ids, at, context.now);
        let id = responder.id;
        self.callout.updated_at = context.now;
        self.update_eta(context, id, metres);
        Ok(())
    }

    pub(super) fn arrive(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.check_transition(Status::Arrived)?;
        let incident = &mut self.callout.incident;
        incident.responder_arrived_at = Some(context.now);
        incident.updated_at = context.now;
        if let Some(responder) = &mut incident.responder {
            responder.move_to(context.ids, (self.at.latitude, self.at.longitude), context.now);
            let id = responder.id;
            self.update_eta(context, id, 0);
        }
        self.set_status(Status::Arrived, context.now);
        Ok(())
    }

    pub(super) fn complete(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.check_transition(Status::Completed)?;
        self.callout.incident.complete(context.now);
        self.set_status(Status::Completed, context.now);
        Ok(())
    }

    pub(super) fn close(&mut self, context: &mut RequestContext<'_>) -> Result<(), ControlError> {
        self.check_transition(Status::Closed)?;
        self.own(context)?;
        self.callout.incident.close(CONTROLLER, context.now);
        self.callout.resolved_at = Some(context.now.whole_second());
        self.set_status(Status::Closed, context.now);
        Ok(())
    }

    fn update_eta(&mut self, context: &mut RequestContext<'_>, responder: u64, metres: u64) {
        self.metres = metres;
        let eta = Eta::new(context.ids, self.callout.id, responder, metres, context.now);
        self.callout.set_eta(eta);
    }

    fn not_closed(&self) -> Result<(), ControlError> {
        let callout = self.callout.id;
        if self.callout.status == Status::Closed { Err(ControlError::Closed { callout }) } else { Ok(()) }
    }

    fn check_transition(&self, next: Status) -> Result<(), ControlError> {
        let (callout, from) = (self.callout.id, self.callout.status);
        if from.may_become(next) { Ok(()) } else { Err(ControlError::Forbidden { callout, from, to: next }) }
    }

    fn set_status(&mut self, status: Status, now: Timestamp) {
        self.callout.status = status;
        self.callout.last_updated_by = Some(CONTROLLER);
        self.callout.updated_at = now;
    }
}
