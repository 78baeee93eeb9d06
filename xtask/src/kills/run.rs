//! One kill after another.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
#[cfg(unix)]
use rustix::process::Signal;

use super::Failed;
use super::aim::{AIMS, Aim, Phase};
use super::program::{Running, User};
use super::report::{Kill, Report};
use super::world::World;

/// The longest random moment after something was seen.
const MOMENT: Duration = Duration::from_millis(4);

/// So many programs, killed by one thread.
pub(crate) fn kill(
    program: &Path,
    world: &World,
    mut random: Rng,
    kills: usize,
    without_record: bool,
) -> Result<Report, Failed> {
    let life = life(program, world)?;
    let mut report = Report::default();
    while report.kills.len() < kills {
        let aim = random.choice(AIMS).unwrap_or(Aim::Anywhere);
        // A program that ended before it was killed shows nothing.
        report.kills.extend(one(program, world, aim, &mut random, life, without_record)?);
    }
    Ok(report)
}

/// How long a program lives that nobody kills.
fn life(program: &Path, world: &World) -> Result<Duration, Failed> {
    let user = User::new(program, world)?;
    world.clear();
    let started = Instant::now();
    let mut running = user.connect(false)?;
    seen(&mut running, |_| false)?;
    running.kill()?;
    match user.stored()?.len() {
        1 => Ok(started.elapsed()),
        _ => Err("the program does not connect".into()),
    }
}

fn one(
    program: &Path,
    world: &World,
    aim: Aim,
    random: &mut Rng,
    life: Duration,
    without_record: bool,
) -> Result<Option<Kill>, Failed> {
    let user = User::new(program, world)?;
    world.clear();
    let (before, requests) = (world.ids(), world.requests());
    match aim {
        Aim::Made => world.hold_response(),
        Aim::Dripping => world.drip_response(),
        Aim::Locked => world.lock_when_made(user.lock()),
        _ => {}
    }
    let mut running = user.connect(random.u8(..4) == 0)?;
    let moment = if aim == Aim::Anywhere { life } else { MOMENT };
    let is_reached = seen(&mut running, |running| match aim {
        Aim::Anywhere => true,
        Aim::FirstRequest => world.requests() > requests,
        Aim::Recorded => user.has_record().unwrap_or(false),
        Aim::Made | Aim::Dripping => world.ids().len() > before.len(),
        Aim::Locked => running.is_locked_out(),
        Aim::Writing => world.has_responded() && user.is_writing(),
    })?;
    if is_reached {
        // The point itself: nothing is waited for.
        thread::sleep(moment.mul_f64(random.f64()));
    }
    let was_killed = end(running, random)?;
    world.release();
    if !was_killed {
        return Ok(None);
    }
    let made = || world.ids().into_iter().filter(|id| !before.contains(id)).collect::<Vec<_>>();
    let phase = if made().is_empty() {
        Phase::BeforePost
    } else if !user.stored()?.is_empty() || (world.has_responded() && user.is_writing()) {
        Phase::Storing
    } else if world.has_responded() && aim != Aim::Dripping {
        Phase::NotStored
    } else {
        Phase::DuringPost
    };
    if without_record {
        user.drop_records()?;
    }
    if random.bool() {
        user.recover_killed(life.mul_f64(random.f64()))?;
    }
    user.recover()?;
    // A request that was on its way arrives after the kill.
    let is_late = phase == Phase::BeforePost && !made().is_empty();
    let phase = if is_late { Phase::DuringPost } else { phase };
    let kill = judge(world, &user, &made(), phase)?;
    if kill.lost == 0 || !user.has_record()? {
        return Ok(Some(kill));
    }
    // What was on its way when the program was killed may arrive later. As the program says: try again.
    user.recover()?;
    judge(world, &user, &made(), phase).map(Some)
}

/// Mostly by SIGKILL, and else as a system does that shuts down, or a terminal that is closed.
#[cfg(unix)]
fn end(running: Running, random: &mut Rng) -> Result<bool, Failed> {
    match random.u8(..8) {
        0 => running.ask_to_end(Signal::TERM),
        1 => running.ask_to_end(Signal::HUP),
        _ => running.kill(),
    }
}

#[cfg(not(unix))]
fn end(running: Running, _: &mut Rng) -> Result<bool, Failed> {
    running.kill()
}

/// Compares the store with what was made.
fn judge(world: &World, user: &User<'_>, made: &[u64], phase: Phase) -> Result<Kill, Failed> {
    let stored = user.stored()?;
    let mut lost = 0;
    for id in made {
        let made = world.made(*id)?;
        lost += usize::from(!stored.contains(&(made.id, made.token)));
    }
    let twice = made.len().saturating_sub(1) + stored.len().saturating_sub(made.len());
    Ok(Kill { phase, lost, twice })
}

/// Waits until the program shows `what`; `false` if it ended before.
fn seen(running: &mut Running, what: impl Fn(&Running) -> bool) -> Result<bool, Failed> {
    loop {
        if what(running) {
            return Ok(true);
        }
        if running.has_ended()? {
            return Ok(false);
        }
        thread::yield_now();
    }
}
